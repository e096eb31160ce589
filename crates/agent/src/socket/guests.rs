//! Who is connected: how many there may be, and which of them is the window.
//!
//! Never waits for a guest.

use pterotray_core::{Page, wire::Said};
use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicU64, Ordering},
};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, mpsc};

/// More at once are sent away.
pub(super) const MOST: usize = 16;

/// The guests of one agent. Cheap to clone; all clones mean the same guests.
#[derive(Debug, Clone)]
pub(crate) struct Guests {
    places: Arc<Semaphore>,
    window: Arc<Mutex<Option<Window>>>,
    numbers: Arc<AtomicU64>,
    left: Arc<Notify>,
}

#[derive(Debug)]
struct Window {
    number: u64,
    outbox: mpsc::Sender<Said>,
}

impl Guests {
    pub(crate) fn new() -> Guests {
        Guests {
            places: Arc::new(Semaphore::new(MOST)),
            window: Arc::default(),
            numbers: Arc::default(),
            left: Arc::default(),
        }
    }

    /// Tells the window to come forward and show a page; `false` when no window is connected.
    pub(crate) fn tell_window(&self, page: &Page) -> bool {
        let window = self.window();
        let Some(window) = &*window else { return false };
        window
            .outbox
            .try_send(Said::Show { page: page.clone() })
            .is_ok()
    }

    /// Waits until the window leaves.
    pub(crate) async fn window_left(&self) {
        self.left.notified().await;
    }

    /// A place for one more guest; `None` when all are taken.
    pub(super) fn admit(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.places).try_acquire_owned().ok()
    }

    /// Notes that a guest is the window until the returned value is dropped. The newest one counts.
    pub(super) fn register_window(&self, outbox: mpsc::Sender<Said>) -> WindowGone {
        let number = self.numbers.fetch_add(1, Ordering::Relaxed);
        *self.window() = Some(Window { number, outbox });
        WindowGone {
            guests: self.clone(),
            number,
        }
    }

    fn window(&self) -> MutexGuard<'_, Option<Window>> {
        self.window.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Takes the window off the list when dropped.
#[derive(Debug)]
pub(super) struct WindowGone {
    guests: Guests,
    number: u64,
}

impl Drop for WindowGone {
    fn drop(&mut self) {
        let mut window = self.guests.window();
        if window
            .as_ref()
            .is_some_and(|window| window.number == self.number)
        {
            *window = None;
            self.guests.left.notify_one();
        }
    }
}
