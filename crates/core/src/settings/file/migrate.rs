//! Settings files of older versions, made into this one's, a step for each version.
//!
//! Touches only what a version changed; a field it does not know passes through.

use serde_json::{Map, Value};

/// Makes a file of `from` one of [`super::VERSION`]. A version that was never written changes nothing.
pub(super) fn migrate(fields: &mut Map<String, Value>, from: u64) {
    if from == 1 {
        poll_period_was_written_unasked(fields);
    }
}

/// Version 1 wrote every default into the file, and for a while that was a look every 30 seconds.
/// Who never chose it gets what is best now; any other figure was chosen.
fn poll_period_was_written_unasked(fields: &mut Map<String, Value>) {
    if fields.get("poll_seconds") == Some(&Value::from(30)) {
        fields.remove("poll_seconds");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn migrated(file: &Value, from: u64) -> Value {
        let mut fields = file.as_object().unwrap().clone();
        migrate(&mut fields, from);
        Value::Object(fields)
    }

    #[test]
    fn the_old_default_goes_and_what_was_chosen_stays() {
        let default = json!({"poll_seconds": 30, "theme": "dark"});
        assert_eq!(migrated(&default, 1), json!({"theme": "dark"}));
        let chosen = json!({"poll_seconds": 60});
        assert_eq!(migrated(&chosen, 1), chosen);
    }

    #[test]
    fn thirty_seconds_chosen_later_stay() {
        let chosen = json!({"poll_seconds": 30});
        assert_eq!(migrated(&chosen, 2), chosen);
    }
}
