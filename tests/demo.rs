//! The demo: a lively evening out of the box, that leaves nothing behind.

use acceptance::{Desk, Program, Room, until};

#[tokio::test]
async fn the_demo_shows_its_evening_and_leaves_nothing_behind() {
    let desk = Desk::with(Room {
        keyring: true,
        ..Room::TRAY
    })
    .await;
    let demo = Program::demo(&desk).await;
    demo.menu_shows(&["Demo"]).await;
    let (mut world, _) = fake_panel::evening::world();
    for uuid in world.servers() {
        demo.menu_shows(&[world.server(&uuid).name()]).await;
    }
    let snapshot = demo.snapshot().await;
    assert_eq!(snapshot["demo"], true);
    let status = desk.terminal().of(&demo).run(&["status", "--json"]).await;
    assert_eq!(status.code, 0, "{status:#?}");
    assert_eq!(
        status.json()["panels"][0]["servers"]
            .as_array()
            .map(Vec::len),
        Some(10)
    );
    assert!(desk.secrets().await.is_empty());
    demo.click(&["Quit"]).await;
    assert!(demo.ended().await.success());
    let clean = async || desk.temporary_files().is_empty().then_some(());
    until("no temporary file left", clean).await;
}
