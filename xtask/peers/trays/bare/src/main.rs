//! The least that an icon and a menu take: ksni and nothing else. A lower bound for measuring.

use ksni::menu::StandardItem;
use ksni::{MenuItem, Tray, TrayMethods as _};

struct Bare;

impl Tray for Bare {
    fn id(&self) -> String {
        "bare".to_owned()
    }

    fn icon_name(&self) -> String {
        "applications-games".to_owned()
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        let item = |label: &str| {
            StandardItem {
                label: label.to_owned(),
                ..StandardItem::default()
            }
            .into()
        };
        ["Nothing runs", "Open", "Quit"].map(item).into()
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), ksni::Error> {
    let _shown = Bare.spawn().await?;
    std::future::pending().await
}
