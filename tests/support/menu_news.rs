//! What a menu tells of itself while somebody watches it (`com.canonical.dbusmenu`): new layouts, and lines that changed.

use crate::program::Program;
use futures_util::{FutureExt as _, StreamExt as _};
use std::collections::HashMap;
use zbus::{
    MatchRule, MessageStream, message,
    zvariant::{OwnedValue, Str},
};

/// More signals than any test waits for; what does not fit would be lost.
const QUEUE: usize = 10_000;

/// One signal.
#[derive(Debug)]
pub enum MenuNews {
    /// Everything has to be read anew; an open menu is closed or jumps.
    Layout,
    /// These lines' properties changed: number, name and new value.
    Lines(Vec<(i32, String, OwnedValue)>),
}

impl MenuNews {
    /// The lines that say something else now, by their numbers.
    pub fn labels(&self) -> Vec<(i32, String)> {
        let MenuNews::Lines(lines) = self else {
            return Vec::new();
        };
        let label = |(id, name, value): &(i32, String, OwnedValue)| {
            let text = <&str>::try_from(value).ok().filter(|_| name == "label");
            text.map(|text| (*id, text.to_owned()))
        };
        lines.iter().filter_map(label).collect()
    }
}

/// What came of a menu since it is watched.
pub struct MenuWatch<'a> {
    program: &'a Program<'a>,
    stream: MessageStream,
}

impl Program<'_> {
    /// Begins to listen for what the menu tells.
    ///
    /// # Panics
    /// When the bus does not let somebody listen.
    pub async fn watch_menu(&self) -> MenuWatch<'_> {
        let rule = MatchRule::builder()
            .msg_type(message::Type::Signal)
            .interface("com.canonical.dbusmenu")
            .expect("a name of an interface")
            .build();
        let bus = &self.desk.bus().connection;
        let stream = MessageStream::for_match_rule(rule, bus, Some(QUEUE)).await;
        MenuWatch {
            program: self,
            stream: stream.expect("the bus lets us listen"),
        }
    }
}

impl MenuWatch<'_> {
    /// Everything that the menu has told by now, oldest first.
    ///
    /// # Panics
    /// When it told something that nobody knows.
    pub async fn news(&mut self) -> Vec<MenuNews> {
        // Whatever was told before this answer has arrived when the answer has.
        assert!(self.program.menu().await.is_some(), "there is no menu");
        let mut news = Vec::new();
        while let Some(Some(Ok(signal))) = self.stream.next().now_or_never() {
            news.extend(read(&signal));
        }
        news
    }

    /// Waits until it has told that this stands in a server's line.
    ///
    /// # Panics
    /// When the bus ends before.
    pub async fn shows(&mut self, server: &str, text: &str) {
        let fits = |label: &str| label.starts_with(server) && label.contains(text);
        loop {
            let signal = self.stream.next().await.expect("the bus goes on");
            let told = match read(&signal.expect("a signal that can be read")) {
                Some(MenuNews::Lines(lines)) => lines.iter().any(|(_, name, value)| {
                    name == "label" && <&str>::try_from(value).is_ok_and(fits)
                }),
                Some(MenuNews::Layout) => {
                    let menu = self.program.menu().await;
                    let line = menu.as_ref().and_then(|menu| menu.find(&[server]));
                    line.is_some_and(|line| fits(&line.label))
                }
                None => false,
            };
            if told {
                return;
            }
        }
    }
}

fn read(signal: &message::Message) -> Option<MenuNews> {
    type Changed = Vec<(i32, HashMap<String, OwnedValue>)>;
    type Removed = Vec<(i32, Vec<String>)>;
    let header = signal.header();
    match header.member()?.as_str() {
        "LayoutUpdated" => Some(MenuNews::Layout),
        "ItemsPropertiesUpdated" => {
            let body = signal.body();
            let (changed, removed): (Changed, Removed) =
                body.deserialize().expect("changed and removed properties");
            // A removed property is one that has its usual value again.
            let usual = |name: &str| match name {
                "enabled" | "visible" => OwnedValue::from(true),
                _ => OwnedValue::from(Str::from_static("")),
            };
            let changed = changed.into_iter().flat_map(|(id, properties)| {
                properties
                    .into_iter()
                    .map(move |(name, value)| (id, name, value))
            });
            let removed = removed.into_iter().flat_map(|(id, names)| {
                names.into_iter().map(move |name| {
                    let value = usual(&name);
                    (id, name, value)
                })
            });
            Some(MenuNews::Lines(changed.chain(removed).collect()))
        }
        _ => None,
    }
}
