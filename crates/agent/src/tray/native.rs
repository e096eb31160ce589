//! The tray on Windows and macOS: the system's own, through tray-icon, on the main thread.
//!
//! Draws what Linux shows, and decides nothing. Written to the documented interface; not run where it was written.

#[path = "native/lines.rs"]
mod lines;
#[path = "native/screen.rs"]
mod screen;
#[cfg(target_os = "macos")]
#[path = "native/macos.rs"]
mod system;
#[cfg(not(target_os = "macos"))]
#[path = "native/windows.rs"]
mod system;

use crate::activation::Activation;
use pterotray_core::{App, Snapshot, Texts};
use screen::Screen;
use std::{
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
};
use tao::{
    event::{Event, StartCause},
    event_loop::{ControlFlow, EventLoopBuilder, EventLoopProxy},
    platform::run_return::EventLoopExtRunReturn as _,
};
use tokio::sync::watch;
use tray_icon::{MouseButton, MouseButtonState, TrayIconEvent, menu::MenuEvent};

/// What the main thread is told.
enum Order {
    Show(App, Arc<Texts>, Arc<Snapshot>),
    /// The pointer came to the icon: a menu that was open is closed by now, and one may open soon.
    Looks,
    Clicked(MouseButton),
    /// The line with this id was pressed.
    Pressed(String),
    End,
}

/// The way to the main thread, once its loop runs.
static MAIN: Mutex<Option<EventLoopProxy<Order>>> = Mutex::new(None);

fn main_thread() -> MutexGuard<'static, Option<EventLoopProxy<Order>>> {
    MAIN.lock().unwrap_or_else(PoisonError::into_inner)
}

fn tell(order: Order) {
    if let Some(main) = &*main_thread() {
        // The loop ends only with the program.
        let _ = main.send_event(order);
    }
}

/// Ends the main thread's loop with the agent's thread, whatever that ends by: an icon with nobody behind it would hang.
struct Ending;

impl Drop for Ending {
    fn drop(&mut self) {
        tell(Order::End);
    }
}

/// Runs the agent's future on a thread of its own: the system wants the main one for its events.
///
/// # Errors
/// When the system gives no thread, no timer or no event queue, or the agent's thread failed.
pub(crate) fn run_main<T, F>(agent: impl FnOnce() -> F + Send + 'static) -> io::Result<T>
where
    T: Send + 'static,
    F: Future<Output = T>,
{
    let mut events = EventLoopBuilder::<Order>::with_user_event().build();
    system::stay_out_of_sight(&mut events);
    *main_thread() = Some(events.create_proxy());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let agent = thread::Builder::new()
        .name("agent".to_owned())
        .spawn(move || {
            let _ending = Ending;
            let result = runtime.block_on(agent());
            // A keychain that waits for somebody must not keep the program from ending.
            runtime.shutdown_background();
            result
        })?;
    MenuEvent::set_event_handler(Some(|event: MenuEvent| tell(Order::Pressed(event.id.0))));
    TrayIconEvent::set_event_handler(Some(|event: TrayIconEvent| noticed(&event)));
    let mut screen = None;
    events.run_return(|event, _, flow| match event {
        Event::UserEvent(Order::End) => *flow = ControlFlow::Exit,
        Event::UserEvent(order) => {
            obey(&mut screen, order);
            *flow = until(screen.as_ref());
        }
        Event::NewEvents(StartCause::ResumeTimeReached { .. }) => {
            if let Some(screen) = &mut screen {
                screen.refresh();
            }
            *flow = until(screen.as_ref());
        }
        _ => {}
    });
    agent
        .join()
        .map_err(|_| io::Error::other("the agent's thread failed"))
}

/// Shows the newest snapshot until nobody sends any more.
pub(super) async fn run(
    app: App,
    texts: Arc<Texts>,
    _activation: Activation,
    mut changes: watch::Receiver<Option<Arc<Snapshot>>>,
) {
    while changes.changed().await.is_ok() {
        let newest = changes.borrow_and_update().clone();
        if let Some(snapshot) = newest {
            tell(Order::Show(app.clone(), Arc::clone(&texts), snapshot));
        }
    }
}

fn noticed(event: &TrayIconEvent) {
    match event {
        TrayIconEvent::Enter { .. } => tell(Order::Looks),
        TrayIconEvent::Click {
            button,
            button_state: MouseButtonState::Up,
            ..
        } => tell(Order::Clicked(*button)),
        _ => {}
    }
}

fn obey(screen: &mut Option<Screen>, order: Order) {
    let Some(screen) = screen else {
        if let Order::Show(app, texts, snapshot) = order {
            *screen = Some(Screen::new(app, texts, snapshot));
        }
        return;
    };
    match order {
        Order::Show(_, _, snapshot) => screen.show(snapshot),
        Order::Looks => screen.open(),
        Order::Clicked(button) => screen.clicked(button),
        Order::Pressed(id) => screen.pressed(&id),
        Order::End => {}
    }
}

/// Sleeps until something happens, or until figures that wait are due.
fn until(screen: Option<&Screen>) -> ControlFlow {
    let due = screen.and_then(Screen::due);
    due.map_or(ControlFlow::Wait, ControlFlow::WaitUntil)
}
