//! Good bodies made strange the way some panels make them. Never touches a status or a header.

use serde_json::{Value, json};

use crate::fault::Fault;

impl Fault {
    /// What a fault makes of a good body.
    pub(crate) fn twist(&self, body: &mut Value) {
        let cpu = "/attributes/resources/cpu_absolute";
        if *self == Self::WholeCpu
            && let Some(cpu) = body.pointer_mut(cpu)
        {
            *cpu = json!(cpu.as_f64().unwrap_or_default() as u64);
        }
        if *self == Self::UnknownState
            && let Some(state) = body.pointer_mut("/attributes/current_state")
        {
            *state = json!("hibernating");
        }
        if *self == Self::MovingPages {
            move_pages(body);
        }
        if let Some(entries) = body.get_mut("data").and_then(Value::as_array_mut) {
            entries
                .iter_mut()
                .for_each(|entry| self.twist_server(entry));
        } else {
            self.twist_server(body);
        }
    }

    fn twist_server(&self, server: &mut Value) {
        if server["object"] != "server" {
            return;
        }
        let Some(attributes) = server.get_mut("attributes").and_then(Value::as_object_mut) else {
            return;
        };
        if *self == Self::NullRelations {
            let missing = json!({"object": "null_resource", "attributes": null});
            let both = json!({"allocations": missing, "variables": missing});
            attributes.insert("relationships".to_owned(), both);
        }
        if *self == Self::NoDescription {
            attributes.remove("description");
        }
    }
}

/// The first entry of a later page is gone: it has moved to a page that was read before.
fn move_pages(body: &mut Value) {
    let page = body.pointer("/meta/pagination/current_page");
    let later = page.and_then(Value::as_u64).unwrap_or(1) > 1;
    if let Some(entries) = body.get_mut("data").and_then(Value::as_array_mut)
        && later
        && !entries.is_empty()
    {
        entries.remove(0);
    }
}
