//! One picture after the other, each in both colour schemes, once it has been drawn.

use acceptance::{Desk, Driven, Program};
use serde_json::json;
use std::path::PathBuf;

/// Both frames after this one have been drawn with whatever changed before.
const DRAWN: &str = "return new Promise((done) =>
    requestAnimationFrame(() => requestAnimationFrame(() => document.fonts.ready.then(done))))";

/// Where the pictures go.
pub(crate) struct Album<'a> {
    desk: &'a Desk,
    folder: PathBuf,
}

impl<'a> Album<'a> {
    pub(crate) fn new(desk: &'a Desk, folder: PathBuf) -> Album<'a> {
        let made = std::fs::create_dir_all(&folder);
        made.expect("the folder for the pictures can be made");
        Album { desk, folder }
    }

    /// What the window shows now, at this size: `NAME.png` in dark, `NAME-light.png` in light.
    pub(crate) async fn takes(
        &self,
        agent: &Program<'_>,
        window: &Driven<'_>,
        name: &str,
        size: (u32, u32),
    ) {
        self.desk.resize(&self.desk.window().await, size).await;
        for (theme, ending) in [("dark", ""), ("light", "-light")] {
            let change = json!({"kind": "change_settings", "change": {"theme": theme}});
            assert_eq!(agent.act(change).await["kind"], "done");
            window.sees(&format!("/html[@data-theme='{theme}']")).await;
            window.runs(DRAWN, &[]).await;
            let file = self.folder.join(format!("{name}{ending}.png"));
            self.desk.picture(&self.desk.window().await, &file).await;
        }
    }
}
