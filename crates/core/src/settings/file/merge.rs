//! What to write when somebody else wrote the file since it was read: an edit by hand, or a newer program. Theirs is kept
//! wherever this program changed nothing.
//!
//! Never brings back what this program took away.

use serde_json::{Map, Value};

/// The newest that this program has (`ours`), with what `theirs` has since `base`, which both began with.
pub(super) fn merge(base: &Value, theirs: &Value, ours: Value) -> Value {
    if ours == *base {
        return theirs.clone();
    }
    match (base, theirs, ours) {
        (Value::Object(base), Value::Object(theirs), Value::Object(ours)) => {
            Value::Object(objects(base, theirs, ours))
        }
        (Value::Array(base), Value::Array(theirs), Value::Array(ours))
            if [base, theirs, &ours].into_iter().all(|list| have_ids(list)) =>
        {
            Value::Array(lists(base, theirs, ours))
        }
        (_, _, ours) => ours,
    }
}

fn objects(
    base: &Map<String, Value>,
    theirs: &Map<String, Value>,
    ours: Map<String, Value>,
) -> Map<String, Value> {
    let mut merged = Map::new();
    for (name, our) in ours {
        let before = base.get(&name).unwrap_or(&Value::Null);
        match theirs.get(&name) {
            Some(their) => {
                merged.insert(name, merge(before, their, our));
            }
            // Taken away by hand, and nothing to us: what is not there is the default.
            None if *before == our => {}
            None => {
                merged.insert(name, our);
            }
        }
    }
    for (name, their) in theirs {
        if !base.contains_key(name) && !merged.contains_key(name) {
            merged.insert(name.clone(), their.clone());
        }
    }
    merged
}

/// Lists of things with an id: each by itself, in our order, then what only they have.
fn lists(base: &[Value], theirs: &[Value], ours: Vec<Value>) -> Vec<Value> {
    let mut merged = Vec::new();
    for our in ours {
        let before = same(base, &our);
        match (same(theirs, &our), before) {
            (Some(their), before) => merged.push(merge(before.unwrap_or(&Value::Null), their, our)),
            (None, Some(before)) if *before == our => {}
            (None, _) => merged.push(our),
        }
    }
    let only_theirs =
        |their: &&Value| same(base, their).is_none() && same(&merged, their).is_none();
    let new: Vec<Value> = theirs.iter().filter(only_theirs).cloned().collect();
    merged.extend(new);
    merged
}

fn have_ids(list: &[Value]) -> bool {
    list.iter().all(|entry| entry.get("id").is_some())
}

fn same<'a>(list: &'a [Value], entry: &Value) -> Option<&'a Value> {
    let id = entry.get("id")?;
    list.iter().find(|other| other.get("id") == Some(id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn merged(base: Value, theirs: Value, ours: Value) -> Value {
        merge(&base, &theirs, ours)
    }

    #[test]
    fn each_side_keeps_what_it_changed_and_of_the_same_thing_ours_is_newer() {
        let base = json!({"theme": "system", "poll": 21, "kill": false, "alerts": {"rule": "all", "quiet": false}});
        let theirs = json!({"theme": "dark", "poll": 60, "kill": false, "alerts": {"rule": "all", "quiet": true}});
        let ours = json!({"theme": "light", "poll": 21, "kill": true, "alerts": {"rule": "none", "quiet": false}});
        assert_eq!(
            merged(base, theirs, ours),
            json!({"theme": "light", "poll": 60, "kill": true, "alerts": {"rule": "none", "quiet": true}})
        );
    }

    #[test]
    fn what_a_newer_program_wrote_stays_and_what_we_took_away_goes() {
        let base = json!({"trust": {"sha256": "00"}, "theme": "dark"});
        let theirs =
            json!({"trust": {"sha256": "00", "by": "alex"}, "theme": "dark", "favourite": "blue"});
        assert_eq!(
            merged(base, theirs, json!({"theme": "dark"})),
            json!({"theme": "dark", "favourite": "blue"})
        );
    }

    #[test]
    fn panels_are_told_apart_by_their_ids_whatever_their_place() {
        let home = |name: &str| json!({"id": "home", "name": name});
        let base = json!([home("Home"), {"id": "old", "name": "Old"}]);
        let theirs = json!([{"id": "hand", "name": "By hand"}, {"id": "old", "name": "Old", "colour": "red"},
            {"id": "home", "name": "Home", "colour": "blue"}]);
        let ours = json!([{"id": "new", "name": "New"}, home("House")]);
        assert_eq!(
            merged(base, theirs, ours),
            json!([{"id": "new", "name": "New"}, {"id": "home", "name": "House", "colour": "blue"},
                {"id": "hand", "name": "By hand"}])
        );
    }

    #[test]
    fn other_lists_are_whole() {
        let merged = merged(json!(["cpu"]), json!(["cpu", "disk"]), json!(["memory"]));
        assert_eq!(merged, json!(["memory"]));
    }
}
