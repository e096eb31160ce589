//! What the bus sees of the tray: one `StatusNotifierItem` with its menu, built from the core's value.
//!
//! Decides nothing: what is shown, and when, is decided by the core.

use super::{
    super::icon::{Pixels, item_file, tray_pictures},
    Host,
};
use crate::activation::Activation;
use ksni::{
    MenuItem, OfflineReason, ToolTip,
    menu::{RadioGroup, RadioItem, StandardItem, SubMenu},
};
use pterotray_core::{
    Action, Aggregate, App, Item, Snapshot, Texts, Tray, menu::Shown, settings::IconStyle,
};
use std::{sync::Arc, time::Duration};
use tokio::{sync::mpsc, time::Instant};

/// What the bus sees.
pub(super) struct StatusItem {
    app: App,
    activation: Activation,
    host: mpsc::UnboundedSender<Host>,
    shown: Shown,
    newest: Arc<Snapshot>,
    /// Moments count from here.
    begun: Instant,
    pixmaps: Vec<ksni::Icon>,
}

impl StatusItem {
    pub(super) fn new(
        app: App,
        texts: Arc<Texts>,
        activation: Activation,
        host: mpsc::UnboundedSender<Host>,
        newest: Arc<Snapshot>,
    ) -> StatusItem {
        let shown = Shown::new(Duration::ZERO, &newest, texts);
        StatusItem {
            app,
            activation,
            host,
            pixmaps: pixmaps(shown.tray()),
            shown,
            newest,
            begun: Instant::now(),
        }
    }

    /// Shows what is new. Gives the moment to come again when figures have to wait.
    pub(super) fn show(&mut self, newest: Arc<Snapshot>) -> Option<Instant> {
        self.newest = newest;
        let before = look(self.shown.tray());
        let wait = self.shown.take(self.begun.elapsed(), &self.newest);
        if look(self.shown.tray()) != before {
            self.pixmaps = pixmaps(self.shown.tray());
        }
        wait.map(|due| self.begun + due)
    }

    /// What was pressed closes the menu.
    fn press(&mut self, action: Action) {
        self.shown.close(self.begun.elapsed(), &self.newest);
        self.act(action);
    }

    /// What a press opens may come to the front.
    fn act(&self, action: Action) {
        self.activation.give(ksni::current_xdg_activation_token());
        self.app.act(action);
    }
}

fn look(tray: &Tray) -> (Aggregate, IconStyle, bool) {
    (tray.icon, tray.style, tray.unread)
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
            description: markup(&self.shown.tray().tooltip),
            ..ToolTip::default()
        }
    }

    fn activate(&mut self, _x: i32, _y: i32) {
        if let Some(action) = self.shown.tray().left_click.clone() {
            self.act(action);
        }
    }

    fn secondary_activate(&mut self, _x: i32, _y: i32) {
        self.app.act(Action::Refresh);
    }

    fn menu(&self) -> Vec<MenuItem<StatusItem>> {
        items(&self.shown.tray().menu)
    }

    fn menu_about_to_show(&mut self) {
        self.shown.open(self.begun.elapsed(), &self.newest);
        // Nobody listens only when the program is ending.
        let _ = self.host.send(Host::Looks);
    }

    fn watcher_online(&self) {
        // The same.
        let _ = self.host.send(Host::There);
    }

    fn watcher_offline(&self, reason: OfflineReason) -> bool {
        tracing::info!(?reason, "nothing shows the tray icon");
        let _ = self.host.send(Host::Gone);
        true
    }
}

fn pixmaps(tray: &Tray) -> Vec<ksni::Icon> {
    tray_pictures(tray.icon, tray.style.into(), tray.unread)
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
    let choice = |line: &Item| matches!(line, Item::Choice { .. });
    // One of several to choose from is nothing without the others.
    let groups = menu.chunk_by(|one, other| choice(one) && choice(other));
    let line = |lines: &[Item]| match lines {
        [one] if !choice(one) => item(one),
        several => choices(several),
    };
    groups.map(line).collect()
}

fn choices(lines: &[Item]) -> MenuItem<StatusItem> {
    let mut group = RadioGroup {
        // Beyond the last: none.
        selected: lines.len(),
        ..RadioGroup::default()
    };
    let mut presses = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        if let Item::Choice { chosen, press, .. } = line {
            presses.push(press.clone());
            group.selected = if *chosen { place } else { group.selected };
        }
        group.options.push(RadioItem {
            label: label(&line.text()),
            ..RadioItem::default()
        });
    }
    group.select = Box::new(move |item: &mut StatusItem, place| {
        if let Some(press) = presses.get(place) {
            item.press(press.clone());
        }
    });
    group.into()
}

fn item(item: &Item) -> MenuItem<StatusItem> {
    let label = label(&item.text());
    match item {
        Item::Label(text) | Item::Figure(text) => StandardItem {
            label,
            enabled: false,
            visible: !text.is_empty(),
            ..StandardItem::default()
        }
        .into(),
        Item::Separator => MenuItem::Separator,
        Item::Entry {
            enabled,
            visible,
            press,
            ..
        } => {
            let press = press.clone();
            StandardItem {
                label,
                enabled: *enabled,
                visible: *visible,
                activate: Box::new(move |item: &mut StatusItem| item.press(press.clone())),
                ..StandardItem::default()
            }
            .into()
        }
        Item::Choice { .. } => choices(std::slice::from_ref(item)),
        Item::Menu { items: below, .. } => SubMenu {
            label,
            submenu: items(below),
            ..SubMenu::default()
        }
        .into(),
        Item::Server {
            condition,
            items: below,
            ..
        } => SubMenu {
            label,
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
    use super::{Item, MenuItem, Tray, item, items, label, markup, pixmaps};
    use pterotray_core::{Action, Aggregate, Condition, PanelId, ServerId, settings::IconStyle};

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
            figures: String::new(),
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
        let tray = Tray {
            icon: Aggregate::Problem,
            style: IconStyle::Automatic,
            unread: false,
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
