//! Nodes that do not answer, told apart from servers that are faulty by themselves.

use super::story::Story;
use pterodactyl_client::{
    Error,
    PowerState::{Missing, Offline, Running},
};
use pterotray_core::{Condition, Plan};
use std::collections::BTreeSet;

fn gone() -> Error {
    Error::NodeUnreachable {
        detail: String::new(),
    }
}

fn silent(plan: Option<Plan>) -> Option<Vec<String>> {
    Some(plan?.silent_nodes.into_iter().collect())
}

/// Ten servers on one node, all up but the first, whose looks fail.
fn nine_of_ten() -> (Story, Vec<String>) {
    let names: Vec<String> = (0..10).map(|n| format!("Server{n}")).collect();
    let borrowed: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut story = Story::listing(&borrowed);
    story.fails("Server0", gone());
    for name in &names[1..] {
        story.later(2).reads(name, Running);
    }
    (story, names)
}

#[test]
fn one_faulty_server_of_ten_never_makes_its_node_silent() {
    let (mut story, names) = nine_of_ten();
    for _ in 0..5 {
        story.later(1).fails("Server0", gone());
        assert_eq!(silent(story.plan()), None);
    }
    for name in &names[1..] {
        assert_eq!(story.condition(name), Condition::Running, "{name}");
    }
    // One more of them fails once: still not the node.
    story.later(1).fails("Server1", gone());
    story.later(1).fails("Server0", gone());
    assert_eq!(story.condition("Server1"), Condition::Running);
    assert_eq!(story.condition("Server2"), Condition::Running);
}

#[test]
fn two_servers_in_a_row_make_the_node_silent_for_all_and_one_answer_ends_it() {
    let (mut story, _) = nine_of_ten();
    story.later(1).fails("Server3", gone());
    story.later(1).fails("Server4", gone());
    assert_eq!(silent(story.plan()), Some(vec!["node-1".to_owned()]));
    assert_eq!(story.condition("Server9"), Condition::NodeUnreachable);
    assert_eq!(story.news(), []);
    story.later(5).reads("Server5", Running);
    assert_eq!(silent(story.plan()), Some(Vec::new()));
    assert_eq!(story.condition("Server9"), Condition::Running);
}

#[test]
fn a_success_between_two_failures_clears_the_node() {
    let mut story = Story::listing(&["Skyblock", "Creative", "Valheim"]);
    for name in ["Skyblock", "Creative", "Valheim"] {
        story.reads(name, Running);
    }
    story.fails("Skyblock", gone()).reads("Valheim", Running);
    story.fails("Creative", gone());
    assert_eq!(silent(story.plan()), None);
}

#[test]
fn the_only_server_of_a_node_speaks_for_it_the_second_time() {
    let mut story = Story::listing(&["Skyblock", "Creative"]);
    story.relists("Creative", |server| server.node = "node-2".into());
    story.reads("Skyblock", Running).reads("Creative", Running);
    story.later(20).reads("Skyblock", Missing);
    assert_eq!(silent(story.plan()), None);
    story.later(20).reads("Skyblock", Missing);
    assert_eq!(silent(story.plan()), Some(vec!["node-1".to_owned()]));
    assert_eq!(story.condition("Creative"), Condition::Running);
}

#[test]
fn a_healthy_socket_on_a_silent_node_keeps_its_word_and_any_frame_ends_the_silence() {
    let mut story = Story::listing(&["Skyblock", "Creative", "Valheim"]);
    for name in ["Skyblock", "Creative", "Valheim"] {
        story.reads(name, Running);
    }
    story.opens("Skyblock").tells("Skyblock", Running);
    story.later(5).fails("Creative", gone());
    story.fails("Valheim", gone());
    assert_eq!(story.condition("Skyblock"), Condition::Running);
    assert_eq!(story.condition("Valheim"), Condition::NodeUnreachable);
    let plan = story.plan().unwrap();
    let places: BTreeSet<&str> = plan
        .servers
        .iter()
        .filter(|(_, watched)| watched.live.is_some())
        .map(|(uuid, _)| uuid.as_str())
        .collect();
    assert_eq!(
        places,
        BTreeSet::from(["uuid-of-skyblock"]),
        "no new socket there"
    );

    story.soon().tells("Skyblock", Offline);
    assert_eq!(silent(story.plan()), Some(Vec::new()));
    assert_eq!(story.condition("Valheim"), Condition::Running);
}
