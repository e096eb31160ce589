//! The agent's icon and menu, read and clicked as a desktop does.

use crate::{
    menu::{Entry, Layout},
    program::Program,
    tray_host::Icon,
};
use serde::Serialize;
use zbus::{
    Message,
    zvariant::{DynamicType, OwnedObjectPath, OwnedValue, Value as Wire},
};

const ITEM: &str = "org.kde.StatusNotifierItem";
const MENU: &str = "com.canonical.dbusmenu";

impl Program<'_> {
    /// The menu as it is now; `None` when no icon is there.
    pub async fn menu(&self) -> Option<Entry> {
        let icon = self.desk.tray.newest()?;
        let path = self.menu_path(&icon).await?;
        let no_names: Vec<&str> = Vec::new();
        let got = self
            .call(&icon.owner, &path, MENU, "GetLayout", &(0, -1, no_names))
            .await?;
        let layout: Layout = got.body().deserialize().ok()?;
        Entry::of(&layout)
    }

    /// Waits for an entry that begins with `label` below `path`.
    pub async fn menu_shows(&self, path: &[&str]) -> Entry {
        let what = format!("{path:?} in the menu");
        self.until(&what, async || self.menu().await?.find(path).cloned())
            .await
    }

    /// Waits until the menu's line of a server has this text in it.
    pub async fn shows(&self, server: &str, text: &str) -> Entry {
        let what = format!("{text:?} beside {server} in the menu");
        let look = async || {
            let entry = self.menu().await?.find(&[server]).cloned()?;
            entry.label.contains(text).then_some(entry)
        };
        self.until(&what, look).await
    }

    /// Clicks an entry as soon as it is there and can be pressed.
    ///
    /// # Panics
    /// When it does not come, or cannot be pressed.
    pub async fn click(&self, path: &[&str]) {
        let what = format!("{path:?} in the menu, ready to be pressed");
        self.until(&what, async || self.try_click(path).await).await;
    }

    async fn try_click(&self, path: &[&str]) -> Option<()> {
        let menu = self.menu().await?;
        let entry = menu.find(path).filter(|entry| entry.enabled)?;
        self.try_press(entry.id).await
    }

    /// Presses the line with this number, as it was read some time ago.
    ///
    /// # Panics
    /// When there is no such line any more.
    pub async fn press_line(&self, id: i32) {
        let pressed = self.try_press(id).await;
        assert!(pressed.is_some(), "the line {id} is gone");
    }

    async fn try_press(&self, id: i32) -> Option<()> {
        let icon = self.desk.tray.newest()?;
        let event = (id, "clicked", Wire::from(0), 0_u32);
        let path = self.menu_path(&icon).await?;
        let bus = &self.desk.bus().connection;
        let (to, path) = (icon.owner.as_str(), path.as_str());
        match bus
            .call_method(Some(to), path, Some(MENU), "Event", &event)
            .await
        {
            // The menu was drawn anew in between, and the entry has another number now.
            Err(zbus::Error::MethodError(name, _, _)) if name.ends_with("InvalidArgs") => None,
            // After "Quit" nobody is left to answer.
            Ok(_) | Err(_) => Some(()),
        }
    }

    /// Opens the menu, as a desktop does before it shows it.
    pub async fn open_menu(&self) {
        let icon = self
            .until("an icon", async || self.desk.tray.newest())
            .await;
        let path = self.menu_path(&icon).await.unwrap_or_default();
        let asked = self
            .call(&icon.owner, &path, MENU, "AboutToShow", &0_i32)
            .await;
        assert!(asked.is_some(), "the menu does not open");
    }

    /// A left click on the icon.
    pub async fn left_click(&self) {
        self.icon_takes("Activate", &(0, 0)).await;
    }

    /// What the next press on icon or menu opens may come to the front.
    pub async fn gets_token(&self, token: &str) {
        self.icon_takes("ProvideXdgActivationToken", &(token,))
            .await;
    }

    /// A click with the middle button on the icon.
    pub async fn middle_click(&self) {
        self.icon_takes("SecondaryActivate", &(0, 0)).await;
    }

    /// Three turns of the wheel on the icon.
    pub async fn scroll(&self) {
        self.icon_takes("Scroll", &(3, "vertical")).await;
    }

    async fn icon_takes<B>(&self, method: &str, body: &B)
    where
        B: Serialize + DynamicType,
    {
        let icon = self
            .until("an icon", async || self.desk.tray.newest())
            .await;
        let taken = self.call(&icon.owner, &icon.path, ITEM, method, body).await;
        assert!(taken.is_some(), "the icon does not take {method}");
    }

    /// The text beside the icon.
    pub async fn tooltip(&self) -> Option<String> {
        let tooltip = self.icon_property("ToolTip").await?;
        type ToolTip = (String, Vec<(i32, i32, Vec<u8>)>, String, String);
        let (_, _, title, text) = ToolTip::try_from(tooltip).ok()?;
        Some(format!("{title}\n{text}").trim().to_owned())
    }

    /// The icon's pixels, all sizes one after the other.
    pub async fn pixels(&self) -> Option<Vec<u8>> {
        let pixmaps = self.icon_property("IconPixmap").await?;
        let pixmaps = Vec::<(i32, i32, Vec<u8>)>::try_from(pixmaps).ok()?;
        Some(
            pixmaps
                .into_iter()
                .flat_map(|(_, _, bytes)| bytes)
                .collect(),
        )
    }

    async fn icon_property(&self, name: &str) -> Option<OwnedValue> {
        let icon = self.desk.tray.newest()?;
        self.property(&icon, name).await
    }

    async fn menu_path(&self, icon: &Icon) -> Option<String> {
        let path = self.property(icon, "Menu").await?;
        Some(OwnedObjectPath::try_from(path).ok()?.to_string())
    }

    async fn property(&self, icon: &Icon, name: &str) -> Option<OwnedValue> {
        let properties = "org.freedesktop.DBus.Properties";
        let got = self
            .call(&icon.owner, &icon.path, properties, "Get", &(ITEM, name))
            .await?;
        got.body().deserialize().ok()
    }

    async fn call<B>(
        &self,
        to: &str,
        path: &str,
        interface: &str,
        method: &str,
        body: &B,
    ) -> Option<Message>
    where
        B: Serialize + DynamicType,
    {
        let bus = &self.desk.bus().connection;
        bus.call_method(Some(to), path, Some(interface), method, body)
            .await
            .ok()
    }
}
