//! The tray on Windows and macOS: the system's own, through tray-icon, on the main thread.
//!
//! Draws the same value as on Linux. Written to the documented interface; not run where it was written.

use super::icon::{Style, tray_pictures};
use anyhow::Context as _;
use pterotray_core::{Action, App, Item, menu};
use std::{
    collections::HashMap,
    io,
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
};
use tao::{
    event::Event,
    event_loop::{ControlFlow, EventLoopBuilder, EventLoopProxy},
    platform::run_return::EventLoopExtRunReturn as _,
};
use tokio::sync::watch;
use tray_icon::{
    MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent,
    menu::{CheckMenuItem, IsMenuItem, Menu, MenuEvent, MenuItem, PredefinedMenuItem, Submenu},
};

/// The picture's edge in pixels. macOS shows 18 points, so that 36 pixels are exact on its dense screens and halved on others;
/// Windows shows 16 at 100 %, 32 at 200 %, and makes smaller what lies between.
const SIZE: u32 = if cfg!(target_os = "macos") { 36 } else { 32 };

/// What the main thread is told.
enum Order {
    Show(App, Box<menu::Tray>),
    End,
}

/// The way to the main thread, once its loop runs.
static MAIN: Mutex<Option<EventLoopProxy<Order>>> = Mutex::new(None);
/// What the lines of the menu on the screen ask for.
static PRESSES: Mutex<Option<(App, HashMap<String, Action>)>> = Mutex::new(None);

/// What a left click on the icon asks for.
static LEFT_CLICK: Mutex<Option<Action>> = Mutex::new(None);

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

fn tell(order: Order) {
    if let Some(main) = &*held(&MAIN) {
        // The loop ends only with the program.
        let _ = main.send_event(order);
    }
}

/// Runs the agent's future on a thread of its own: the system wants the main one for its events.
///
/// # Errors
/// When the system gives no thread, no timer or no event queue.
pub(crate) fn run_main<T, F>(agent: impl FnOnce() -> F + Send + 'static) -> io::Result<T>
where
    T: Send + 'static,
    F: Future<Output = T>,
{
    let mut events = EventLoopBuilder::<Order>::with_user_event().build();
    *held(&MAIN) = Some(events.create_proxy());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let agent = thread::Builder::new()
        .name("agent".to_owned())
        .spawn(move || {
            let result = runtime.block_on(agent());
            // A keychain that waits for somebody must not keep the program from ending.
            runtime.shutdown_background();
            tell(Order::End);
            result
        })?;
    MenuEvent::set_event_handler(Some(|event: MenuEvent| pressed(&event.id.0)));
    TrayIconEvent::set_event_handler(Some(|event: TrayIconEvent| clicked(&event)));
    let mut icon = None;
    events.run_return(|event, _, flow| {
        *flow = ControlFlow::Wait;
        match event {
            Event::UserEvent(Order::Show(app, tray)) => {
                if let Err(error) = draw(&mut icon, app, &tray) {
                    tracing::warn!(
                        error = format!("{error:#}"),
                        "the tray icon cannot be drawn"
                    );
                }
            }
            Event::UserEvent(Order::End) => *flow = ControlFlow::Exit,
            _ => {}
        }
    });
    agent
        .join()
        .map_err(|_| io::Error::other("the agent's thread failed"))
}

/// Shows the newest value until nobody sends any more.
pub(super) async fn run(app: App, mut changes: watch::Receiver<Option<menu::Tray>>) {
    while changes.changed().await.is_ok() {
        let newest = changes.borrow_and_update().clone();
        if let Some(tray) = newest {
            tell(Order::Show(app.clone(), Box::new(tray)));
        }
    }
}

fn pressed(id: &str) {
    if let Some((app, presses)) = &*held(&PRESSES)
        && let Some(action) = presses.get(id)
    {
        app.act(action.clone());
    }
}

fn clicked(event: &TrayIconEvent) {
    let TrayIconEvent::Click {
        button,
        button_state: MouseButtonState::Up,
        ..
    } = event
    else {
        return;
    };
    let action = match button {
        MouseButton::Left => match held(&LEFT_CLICK).clone() {
            Some(action) => action,
            None => return,
        },
        MouseButton::Middle => Action::Refresh,
        MouseButton::Right => return,
    };
    if let Some((app, _)) = &*held(&PRESSES) {
        app.act(action);
    }
}

fn draw(icon: &mut Option<TrayIcon>, app: App, tray: &menu::Tray) -> anyhow::Result<()> {
    let mut presses = HashMap::new();
    let menu = Menu::new();
    for line in tray.menu.iter().filter(|line| is_seen(line)) {
        menu.append(&*item(line, &mut presses)?)?;
    }
    let style = Style::from(tray.style);
    let template = style == Style::Template;
    let pixels = tray_pictures(tray.icon, style)?
        .into_iter()
        .find(|pixels| pixels.width == SIZE)
        .context("no picture of the size")?;
    let picture = tray_icon::Icon::from_rgba(pixels.rgba, pixels.width, pixels.height)
        .context("the picture")?;
    *held(&PRESSES) = Some((app, presses));
    held(&LEFT_CLICK).clone_from(&tray.left_click);
    if let Some(icon) = icon {
        icon.set_icon_with_as_template(Some(picture), template)?;
        icon.set_tooltip(Some(&tray.tooltip))?;
        icon.set_menu(Some(Box::new(menu)));
    } else {
        let built = TrayIconBuilder::new()
            .with_id("pterotray")
            .with_tooltip(&tray.tooltip)
            .with_icon(picture)
            .with_icon_as_template(template)
            .with_menu(Box::new(menu))
            .with_menu_on_left_click(false)
            .build()?;
        *icon = Some(built);
    }
    Ok(())
}

/// These menus are built anew each time: what cannot be seen is left out.
fn is_seen(line: &Item) -> bool {
    match line {
        Item::Label(text) => !text.is_empty(),
        Item::Entry { visible, .. } => *visible,
        Item::Separator | Item::Choice { .. } | Item::Menu { .. } | Item::Server { .. } => true,
    }
}

fn item(line: &Item, presses: &mut HashMap<String, Action>) -> anyhow::Result<Box<dyn IsMenuItem>> {
    Ok(match line {
        Item::Label(text) => Box::new(MenuItem::new(label(text), false, None)),
        Item::Separator => Box::new(PredefinedMenuItem::separator()),
        Item::Entry {
            text,
            enabled,
            press,
            ..
        } => {
            let entry = MenuItem::new(label(text), *enabled, None);
            presses.insert(entry.id().0.clone(), press.clone());
            Box::new(entry)
        }
        Item::Choice {
            text,
            chosen,
            press,
        } => {
            let choice = CheckMenuItem::new(label(text), true, *chosen, None);
            presses.insert(choice.id().0.clone(), press.clone());
            Box::new(choice)
        }
        Item::Menu { text, items } => {
            let below = Submenu::new(label(text), true);
            for line in items.iter().filter(|line| is_seen(line)) {
                below.append(&*item(line, presses)?)?;
            }
            Box::new(below)
        }
        Item::Server {
            text,
            condition,
            items,
            ..
        } => {
            // A submenu has no picture here.
            let text = format!("{} {text}", condition.glyph());
            let below = Submenu::new(label(&text), true);
            for line in items.iter().filter(|line| is_seen(line)) {
                below.append(&*item(line, presses)?)?;
            }
            Box::new(below)
        }
    })
}

/// A menu's text. A single ampersand would mark an access key there.
fn label(text: &str) -> String {
    text.replace('&', "&&")
}
