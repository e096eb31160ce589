//! Holds what the program prints against its description in `docs/schema`: JSON Schema, as much of it as is used there.
//!
//! Stricter than the schemas say: what nobody described must not be printed, so that a new field is described, too.

use serde_json::Value;
use std::{fs, path::Path};

/// Fails when this is not as the file in `docs/schema` describes it.
///
/// # Panics
/// Says where it differs.
pub fn fits_schema(value: &Value, file: &str) {
    let schema = Schema::of(file);
    if let Err(why) = schema.fits(value, &schema.root, "$") {
        panic!("not as {file} says: {why}\n{value}");
    }
}

struct Schema {
    root: Value,
}

impl Schema {
    fn of(file: &str) -> Schema {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/schema");
        let text = fs::read_to_string(folder.join(file)).expect("the schema is there");
        let root = serde_json::from_str(&text).expect("a schema is JSON");
        Schema { root }
    }

    fn fits(&self, value: &Value, rule: &Value, at: &str) -> Result<(), String> {
        for (keyword, rule) in rule.as_object().into_iter().flatten() {
            match keyword.as_str() {
                "$ref" => self.refers(value, rule, at)?,
                "type" => has_type(value, rule, at)?,
                "enum" => is_one_of(value, rule.as_array(), at)?,
                "const" if value == rule => {}
                "const" => return Err(format!("{at} is {value}, not {rule}")),
                "anyOf" | "oneOf" => self.fits_one(value, rule, at)?,
                "properties" => self.has_properties(value, rule, at)?,
                "required" => has_all(value, rule, at)?,
                "items" => self.has_items(value, rule, at)?,
                "additionalProperties" => self.maps_to(value, rule, at)?,
                "$schema" | "$defs" | "title" | "description" | "pattern" => {}
                other => return Err(format!("{other} at {at}: not known to this check")),
            }
        }
        Ok(())
    }

    fn refers(&self, value: &Value, place: &Value, at: &str) -> Result<(), String> {
        let place = place.as_str().expect("a reference is text");
        let (file, pointer) = place.split_once('#').expect("a reference into a file");
        let other = (!file.is_empty()).then(|| Schema::of(file));
        let schema = other.as_ref().unwrap_or(self);
        let rule = schema.root.pointer(pointer);
        schema.fits(value, rule.ok_or(format!("no {place}"))?, at)
    }

    fn fits_one(&self, value: &Value, rules: &Value, at: &str) -> Result<(), String> {
        let mut reasons = Vec::new();
        for rule in rules.as_array().into_iter().flatten() {
            match self.fits(value, rule, at) {
                Ok(()) => return Ok(()),
                Err(why) => reasons.push(why),
            }
        }
        Err(format!("{at} is none of several: {}", reasons.join("; ")))
    }

    fn has_properties(&self, value: &Value, rules: &Value, at: &str) -> Result<(), String> {
        for (name, value) in value.as_object().into_iter().flatten() {
            let rule = rules
                .get(name)
                .ok_or(format!("{at}.{name} is not described"))?;
            self.fits(value, rule, &format!("{at}.{name}"))?;
        }
        Ok(())
    }

    fn has_items(&self, value: &Value, rule: &Value, at: &str) -> Result<(), String> {
        let mut items = value.as_array().into_iter().flatten();
        items.try_for_each(|item| self.fits(item, rule, &format!("{at}[]")))
    }

    fn maps_to(&self, value: &Value, rule: &Value, at: &str) -> Result<(), String> {
        let mut values = value.as_object().into_iter().flatten();
        values.try_for_each(|(name, value)| self.fits(value, rule, &format!("{at}.{name}")))
    }
}

fn has_type(value: &Value, rule: &Value, at: &str) -> Result<(), String> {
    let is = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        _ => false,
    };
    let names = rule
        .as_array()
        .map_or(std::slice::from_ref(rule), Vec::as_slice);
    if names.iter().filter_map(Value::as_str).any(is) {
        return Ok(());
    }
    Err(format!("{at} is {value}, not {rule}"))
}

fn is_one_of(value: &Value, words: Option<&Vec<Value>>, at: &str) -> Result<(), String> {
    if words.is_some_and(|words| words.contains(value)) {
        return Ok(());
    }
    Err(format!("{at} is {value}, which is not listed"))
}

fn has_all(value: &Value, names: &Value, at: &str) -> Result<(), String> {
    let mut names = names
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str);
    match names.find(|name| value.get(name).is_none()) {
        Some(missing) if value.is_object() => Err(format!("{at}.{missing} is missing")),
        _ => Ok(()),
    }
}
