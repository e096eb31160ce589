//! How a server starts: its command and its variables. It must never be written to a log whole: variables hold passwords
//! and tokens.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

use crate::text::{DESCRIPTION, NAME, clean};

/// How a server starts (`GET /api/client/servers/{id}/startup`).
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Startup {
    /// The command with the variables filled in.
    pub command: String,
    /// The command as the egg has it.
    pub raw_command: String,
    /// The images to choose from: the name shown, the image.
    pub docker_images: BTreeMap<String, String>,
    /// The variables a user may see.
    pub variables: Vec<Variable>,
}

/// One startup variable.
#[derive(Clone, PartialEq, Eq)]
pub struct Variable {
    /// The name shown.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Its name in the server's environment.
    pub env: String,
    /// What it is when nothing is set.
    pub default: String,
    /// What it is set to.
    pub value: Option<String>,
    /// May be changed by users with `startup.update`.
    pub editable: bool,
    /// What the panel accepts, in its own notation (`required|string|max:20`).
    pub rules: String,
}

impl fmt::Debug for Startup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Startup")
            .field("raw_command", &self.raw_command)
            .field("docker_images", &self.docker_images)
            .field("variables", &self.variables)
            .finish_non_exhaustive()
    }
}

/// Without the values.
impl fmt::Debug for Variable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Variable")
            .field("env", &self.env)
            .field("editable", &self.editable)
            .field("rules", &self.rules)
            .finish_non_exhaustive()
    }
}

/// The whole answer.
#[derive(Deserialize)]
pub(crate) struct RawStartup {
    data: Vec<RawItem>,
    meta: Option<RawMeta>,
}

#[derive(Deserialize)]
struct RawItem {
    attributes: RawVariable,
}

#[derive(Deserialize, Default)]
struct RawMeta {
    startup_command: Option<String>,
    raw_startup_command: Option<String>,
    /// An object; an empty one is a list, as PHP has it.
    docker_images: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct RawVariable {
    name: Option<String>,
    description: Option<String>,
    env_variable: Option<String>,
    default_value: Option<String>,
    server_value: Option<String>,
    is_editable: Option<bool>,
    rules: Option<serde_json::Value>,
}

impl From<RawStartup> for Startup {
    fn from(raw: RawStartup) -> Self {
        let meta = raw.meta.unwrap_or_default();
        let text = |text: Option<String>| clean(&text.unwrap_or_default(), DESCRIPTION);
        let images = meta
            .docker_images
            .as_ref()
            .and_then(|images| images.as_object());
        Self {
            command: text(meta.startup_command),
            raw_command: text(meta.raw_startup_command),
            docker_images: images
                .into_iter()
                .flatten()
                .filter_map(|(name, image)| {
                    Some((clean(name, NAME), clean(image.as_str()?, DESCRIPTION)))
                })
                .collect(),
            variables: raw
                .data
                .into_iter()
                .map(|item| Variable::from(item.attributes))
                .collect(),
        }
    }
}

impl From<RawVariable> for Variable {
    fn from(raw: RawVariable) -> Self {
        let text = |text: Option<String>| clean(&text.unwrap_or_default(), DESCRIPTION);
        Self {
            name: clean(&raw.name.unwrap_or_default(), NAME),
            description: text(raw.description),
            env: clean(&raw.env_variable.unwrap_or_default(), NAME),
            default: text(raw.default_value),
            value: raw.server_value.map(|value| clean(&value, DESCRIPTION)),
            editable: raw.is_editable.unwrap_or_default(),
            rules: clean(&rules(raw.rules.as_ref()), DESCRIPTION),
        }
    }
}

/// One text, or a list of texts on newer Pelican panels.
fn rules(value: Option<&serde_json::Value>) -> String {
    let list = value.and_then(|value| value.as_array());
    let words: Vec<&str> = list
        .into_iter()
        .flatten()
        .chain(value)
        .filter_map(|word| word.as_str())
        .collect();
    words.join("|")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Startup {
        serde_json::from_str::<RawStartup>(json).unwrap().into()
    }

    #[test]
    fn values_do_not_show_when_it_is_printed_for_a_log() {
        let startup = read(
            r#"{"object":"list","data":[{"object":"egg_variable","attributes":{"name":"Steam token","env_variable":"STEAM_TOKEN",
                "default_value":"d3f4u1t","server_value":"s3cr3t","is_editable":true,"rules":["required","string"]}}],
                "meta":{"startup_command":"./run s3cr3t","raw_startup_command":"./run {{STEAM_TOKEN}}","docker_images":{"Java 21":"java:21"}}}"#,
        );
        assert_eq!(startup.command, "./run s3cr3t");
        assert_eq!(startup.docker_images["Java 21"], "java:21");
        assert_eq!(startup.variables[0].value.as_deref(), Some("s3cr3t"));
        assert_eq!(startup.variables[0].rules, "required|string");
        let shown = format!("{startup:?}");
        assert!(shown.contains("STEAM_TOKEN"), "{shown}");
        assert!(
            !shown.contains("s3cr3t") && !shown.contains("d3f4u1t"),
            "{shown}"
        );
    }

    #[test]
    fn a_startup_without_anything_is_read() {
        assert_eq!(read(r#"{"data":[]}"#), Startup::default());
        assert_eq!(
            read(r#"{"data":[],"meta":{"docker_images":[]}}"#),
            Startup::default()
        );
    }
}
