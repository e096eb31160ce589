//! What the bus sees of the tray: one `StatusNotifierItem` with its menu, built from the core's value.
//!
//! Decides nothing; only an open menu is kept from moving.

use super::{
    super::icon::{Pixels, item_file, tray_pictures},
    Host,
};
use ksni::{
    MenuItem, OfflineReason, ToolTip,
    menu::{CheckmarkItem, StandardItem, SubMenu},
};
use pterotray_core::{Action, App, Item, menu};
use std::time::Duration;
use tokio::{sync::mpsc, time::Instant};

/// How long an opened menu keeps its rows where they are.
const HELD_FOR: Duration = Duration::from_secs(60);

/// What the bus sees.
pub(super) struct StatusItem {
    app: App,
    hosts: mpsc::UnboundedSender<Host>,
    shown: menu::Tray,
    /// The newest menu, in its own order.
    newest: Vec<Item>,
    /// Until then the menu may be open: nothing moves under the pointer.
    held_until: Option<Instant>,
    pixmaps: Vec<ksni::Icon>,
}

impl StatusItem {
    pub(super) fn new(
        app: App,
        hosts: mpsc::UnboundedSender<Host>,
        shown: menu::Tray,
    ) -> StatusItem {
        let pixmaps = pixmaps(&shown);
        StatusItem {
            app,
            hosts,
            newest: shown.menu.clone(),
            shown,
            held_until: None,
            pixmaps,
        }
    }

    pub(super) fn show(&mut self, tray: menu::Tray) {
        if (tray.icon, tray.style) != (self.shown.icon, self.shown.style) {
            self.pixmaps = pixmaps(&tray);
        }
        self.newest.clone_from(&tray.menu);
        let before = std::mem::replace(&mut self.shown, tray);
        if self.held_until.is_some_and(|until| Instant::now() < until) {
            self.shown.menu = menu::hold(&before.menu, std::mem::take(&mut self.shown.menu));
        }
    }

    /// What was pressed closes the menu.
    fn press(&mut self, action: Action) {
        self.held_until = None;
        self.shown.menu.clone_from(&self.newest);
        self.app.act(action);
    }
}

impl ksni::Tray for StatusItem {
    fn id(&self) -> String {
        "pterotray".to_owned()
    }

    fn title(&self) -> String {
        "Pterotray".to_owned()
    }

    fn icon_pixmap(&self) -> Vec<ksni::Icon> {
        self.pixmaps.clone()
    }

    fn tool_tip(&self) -> ToolTip {
        ToolTip {
            title: "Pterotray".to_owned(),
            description: markup(&self.shown.tooltip),
            ..ToolTip::default()
        }
    }

    fn activate(&mut self, _x: i32, _y: i32) {
        if let Some(action) = self.shown.left_click.clone() {
            self.app.act(action);
        }
    }

    fn secondary_activate(&mut self, _x: i32, _y: i32) {
        self.app.act(Action::Refresh);
    }

    fn menu(&self) -> Vec<MenuItem<StatusItem>> {
        items(&self.shown.menu)
    }

    /// It opens in its own order, and keeps that while it may be open: nobody tells when it closes.
    fn menu_about_to_show(&mut self) {
        self.shown.menu.clone_from(&self.newest);
        self.held_until = Some(Instant::now() + HELD_FOR);
    }

    fn watcher_online(&self) {
        // Nobody listens only when the program is ending.
        let _ = self.hosts.send(Host::There);
    }

    fn watcher_offline(&self, reason: OfflineReason) -> bool {
        tracing::info!(?reason, "nothing shows the tray icon");
        let _ = self.hosts.send(Host::Gone);
        true
    }
}

fn pixmaps(tray: &menu::Tray) -> Vec<ksni::Icon> {
    tray_pictures(tray.icon, tray.style.into())
        .inspect_err(|error| tracing::error!(%error, "an icon of the program is broken"))
        .unwrap_or_default()
        .into_iter()
        .filter_map(pixmap)
        .collect()
}

fn pixmap(pixels: Pixels) -> Option<ksni::Icon> {
    Some(ksni::Icon {
        width: i32::try_from(pixels.width).ok()?,
        height: i32::try_from(pixels.height).ok()?,
        data: pixels.into_argb(),
    })
}

fn items(menu: &[Item]) -> Vec<MenuItem<StatusItem>> {
    menu.iter().map(item).collect()
}

fn item(item: &Item) -> MenuItem<StatusItem> {
    match item {
        Item::Label(text) => StandardItem {
            label: label(text),
            enabled: false,
            visible: !text.is_empty(),
            ..StandardItem::default()
        }
        .into(),
        Item::Separator => MenuItem::Separator,
        Item::Entry {
            text,
            enabled,
            visible,
            press,
        } => {
            let press = press.clone();
            StandardItem {
                label: label(text),
                enabled: *enabled,
                visible: *visible,
                activate: Box::new(move |item: &mut StatusItem| item.press(press.clone())),
                ..StandardItem::default()
            }
            .into()
        }
        Item::Choice {
            text,
            chosen,
            press,
        } => {
            let press = press.clone();
            CheckmarkItem {
                label: label(text),
                checked: *chosen,
                activate: Box::new(move |item: &mut StatusItem| item.press(press.clone())),
                ..CheckmarkItem::default()
            }
            .into()
        }
        Item::Menu { text, items: below } => SubMenu {
            label: label(text),
            submenu: items(below),
            ..SubMenu::default()
        }
        .into(),
        Item::Server {
            text,
            condition,
            items: below,
            ..
        } => SubMenu {
            label: label(text),
            icon_data: item_file(*condition).to_vec(),
            submenu: items(below),
            ..SubMenu::default()
        }
        .into(),
    }
}

/// A menu's text. A single underscore would mark an access key there.
fn label(text: &str) -> String {
    text.replace('_', "__")
}

/// A tooltip's text, which is markup by the specification.
fn markup(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::{Item, MenuItem, item, items, label, markup, pixmaps};
    use pterotray_core::{
        Action, Aggregate, Condition, PanelId, ServerId, menu, settings::IconStyle,
    };

    #[test]
    fn names_are_shown_as_they_are() {
        assert_eq!(label("my_smp_2"), "my__smp__2");
        assert_eq!(markup("<b>A&B</b>"), "&lt;b&gt;A&amp;B&lt;/b&gt;");
    }

    #[test]
    fn a_server_has_its_indicator_and_its_own_menu() {
        let server = Item::Server {
            id: ServerId {
                panel: PanelId("home".to_owned()),
                uuid: "1a2b3c4d".to_owned(),
            },
            text: "Survival — crashed".to_owned(),
            condition: Condition::Crashed,
            items: vec![
                Item::Entry {
                    text: "Start".to_owned(),
                    enabled: true,
                    visible: true,
                    press: Action::Refresh,
                },
                Item::Entry {
                    text: "Stop".to_owned(),
                    enabled: false,
                    visible: false,
                    press: Action::Quit,
                },
                Item::Separator,
                Item::Label("Up –".to_owned()),
            ],
        };
        let MenuItem::SubMenu(shown) = item(&server) else {
            panic!("a server is a submenu")
        };
        assert_eq!(shown.label, "Survival — crashed");
        assert!(shown.icon_data.starts_with(b"\x89PNG"));
        let [
            MenuItem::Standard(start),
            MenuItem::Standard(stop),
            MenuItem::Separator,
            rest,
        ] = shown.submenu.as_slice()
        else {
            panic!("another menu: {:?}", shown.submenu)
        };
        assert!(start.enabled && start.label == "Start");
        assert!(!stop.enabled && !stop.visible && stop.label == "Stop");
        let MenuItem::Standard(rest) = rest else {
            panic!("a label is an item")
        };
        assert!(!rest.enabled);
        assert!(items(&[]).is_empty());
    }

    #[test]
    fn the_icon_is_there_in_every_size() {
        let tray = menu::Tray {
            icon: Aggregate::Problem,
            style: IconStyle::Automatic,
            left_click: None,
            tooltip: String::new(),
            menu: Vec::new(),
        };
        let sizes: Vec<_> = pixmaps(&tray)
            .iter()
            .map(|p| (p.width, p.data.len()))
            .collect();
        assert_eq!(
            sizes,
            [16, 22, 24, 32, 36, 48].map(|size| (size, (size * size * 4) as usize))
        );
    }
}
