//! A tray that finds no session bus for long, in a time of its own: said once, and tried again all the same.

use super::{Activation, show_by, watch};
use pterotray_core::{App, Config, Desktop, ProblemKind, Texts, keys::Memory, paths::Paths};
use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};
use tokio::sync::mpsc;
use tracing_subscriber::{Registry, layer::SubscriberExt as _};

/// A log in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn lines_with(&self, text: &str) -> usize {
        let log = String::from_utf8(self.0.lock().unwrap().clone()).unwrap();
        log.lines().filter(|line| line.contains(text)).count()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test(start_paused = true)]
async fn a_missing_session_bus_is_said_once_however_often_it_is_looked_for() {
    let log = Log::default();
    let lines = log.clone();
    let layer = tracing_subscriber::fmt::layer().with_writer(move || lines.clone());
    let _heard = tracing::subscriber::set_default(Registry::default().with(layer));
    let profile = tempfile::tempdir().unwrap();
    let config = Config::new(Paths::within(profile.path()));
    let (app, mut desktop) = App::start(config, Arc::new(Memory::default()));
    let (newest, changes) = watch::channel(None);
    newest.send_replace(Some(app.snapshots().borrow().clone()));
    let (tried, mut attempts) = mpsc::unbounded_channel();
    let spawn = move |_| {
        tried.send(()).unwrap();
        async { Err(ksni::Error::Dbus(zbus::Error::InterfaceNotFound)) }
    };
    let texts = Arc::new(Texts::new(Some("en")));
    let activation = Activation::default();
    tokio::spawn(show_by(spawn, app.clone(), texts, activation, changes));
    for _ in 0..100 {
        attempts.recv().await.expect("it goes on looking");
    }
    assert_eq!(log.lines_with("no tray icon"), 1);
    let notices = app.snapshots().borrow().notices.clone();
    let kinds: Vec<ProblemKind> = notices.iter().map(|one| one.kind).collect();
    assert_eq!(kinds, [ProblemKind::NoSessionBus]);
    let mut told = 0;
    while let Ok(order) = desktop.try_recv() {
        told += usize::from(matches!(order, Desktop::Alert(_)));
    }
    assert_eq!(told, 1);
}
