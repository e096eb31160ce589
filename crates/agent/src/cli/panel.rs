//! `pterotray panel`: panels, added, listed and removed.
//!
//! Never takes a key as an argument, never shows one, and keeps nothing that was not tried.

use super::{
    Place,
    exit::{self, Exit},
    print, select, table, told,
    view::{Changing, View},
};
use crate::keyring;
use pterotray_command_line::{Add, KeptIn, PanelCommand, Remove};
use pterotray_core::{
    Action, Found, Outcome, PanelView, Part, Problem, ProblemKind, Texts, TypedKey, report,
    settings::{KeyPlace, PanelTrust},
};
use secrecy::SecretString;
use std::fs;

/// Carries out one of them.
pub(super) async fn run(
    command: PanelCommand,
    place: Place,
    texts: &Texts,
) -> anyhow::Result<Exit> {
    match command {
        PanelCommand::Add(wish) => add(wish, place, texts).await,
        PanelCommand::List { json } => list(place, json, texts).await,
        PanelCommand::Remove(wish) => remove(&wish, place, texts).await,
    }
}

async fn list(place: Place, json: bool, texts: &Texts) -> anyhow::Result<Exit> {
    let mut view = View::open(place.config()?, keyring::system()).await?;
    let snapshot = view.now().await?;
    if json {
        let list = serde_json::to_string(&report::panels(&snapshot))?;
        print::out(&format!("{list}\n"));
    } else if snapshot.panels.is_empty() {
        print::error(&texts.say("cli-not-set-up"));
    } else {
        print::out(&table::panels(&snapshot, texts));
    }
    Ok(Exit::Done)
}

async fn remove(wish: &Remove, place: Place, texts: &Texts) -> anyhow::Result<Exit> {
    let mut changing = Changing::open(place.config()?, keyring::system()).await?;
    let snapshot = changing.view.now().await?;
    let panel = match select::panel(&snapshot, Some(&wish.name), texts) {
        Ok(found) => found.panels[0].clone(),
        Err(said) => return Ok(select::no_such_panel(&said)),
    };
    if panel.key.place == KeyPlace::Environment {
        print::error(&texts.say("cli-panel-of-environment"));
        return Ok(Exit::Usage);
    }
    if !wish.yes {
        let parts = [("name", Part::Text(&panel.name))];
        let question = texts.say_with("cli-panel-remove-ask", &parts);
        if let Err(exit) = print::confirm(&question, &texts.say("cli-panel-needs-yes"), texts) {
            return Ok(exit);
        }
    }
    let removed = changing.view.ask(Action::RemovePanel { panel: panel.id });
    let exit = told(removed.await?, texts);
    if let Err(problem) = changing.finish().await {
        return Ok(told(Outcome::Failed { problem }, texts));
    }
    if exit == Exit::Done {
        let parts = [("name", Part::Text(&panel.name))];
        print::line(&texts.say_with("cli-panel-removed", &parts));
    }
    Ok(exit)
}

async fn add(wish: Add, place: Place, texts: &Texts) -> anyhow::Result<Exit> {
    let trust = match trust(&wish) {
        Ok(trust) => trust,
        Err(why) => {
            print::error(&why);
            return Ok(Exit::Usage);
        }
    };
    let key = print::secret(&texts.say("cli-panel-key"), wish.key_stdin)?;
    let mut changing = Changing::open(place.config()?, keyring::system()).await?;
    let replaced = match replaced(&mut changing.view, wish.replace.as_deref(), texts).await? {
        Ok(panel) => panel,
        Err(exit) => return Ok(exit),
    };
    let place = kept_in(wish.keep_key, replaced.as_ref().map(|old| &old.panel));
    if place == KeyPlace::UntilQuit && !changing.by_agent() {
        print::error(&texts.say("cli-panel-until-quit"));
        return Ok(Exit::Usage);
    }
    print::progress(&texts.say("cli-panel-trying"));
    let wanted = Wanted {
        url: &wish.url,
        key: &key,
        trust: trust.or_else(|| replaced.as_ref().and_then(|old| old.trust.clone())),
        unencrypted: wish.unencrypted,
    };
    let (trial, found) = match tried(&mut changing.view, wanted, texts).await? {
        Ok(good) => good,
        Err(exit) => return Ok(exit),
    };
    let kept = changing.view.ask(Action::KeepPanel {
        trial,
        name: wish.name.unwrap_or_default(),
        place,
        replaces: replaced.map(|old| old.panel.id),
        show_others: wish.show_others.then_some(true),
    });
    if let Some(problem) = super::failure(kept.await?) {
        // Nothing was changed. Waiting for a silent keyring once more would only say the same again.
        return Ok(not_kept(&problem, texts));
    }
    if let Err(problem) = changing.finish().await {
        return Ok(told(Outcome::Failed { problem }, texts));
    }
    print::line(&added(&found, texts));
    Ok(Exit::Done)
}

/// Whom the arguments say to trust.
fn trust(wish: &Add) -> Result<Option<PanelTrust>, String> {
    if let Some(sha256) = &wish.fingerprint {
        let sha256 = sha256.clone();
        return Ok(Some(PanelTrust::Certificate { sha256 }));
    }
    let Some(file) = &wish.ca else {
        return Ok(None);
    };
    let read = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()));
    read.map(|pem| Some(PanelTrust::Authority { pem }))
}

/// Where the key goes: as asked for, else where that of the replaced panel is, else into the keyring.
fn kept_in(asked: Option<KeptIn>, replaced: Option<&PanelView>) -> KeyPlace {
    match asked {
        Some(KeptIn::Keyring) => KeyPlace::Keyring,
        Some(KeptIn::File) => KeyPlace::File,
        Some(KeptIn::UntilQuit) => KeyPlace::UntilQuit,
        None => replaced
            .map(|panel| panel.key.place)
            .filter(|place| *place != KeyPlace::Environment)
            .unwrap_or(KeyPlace::Keyring),
    }
}

/// The panel whose address and key are replaced.
struct Replaced {
    panel: PanelView,
    trust: Option<PanelTrust>,
}

async fn replaced(
    view: &mut View,
    name: Option<&str>,
    texts: &Texts,
) -> anyhow::Result<Result<Option<Replaced>, Exit>> {
    if name.is_none() {
        return Ok(Ok(None));
    }
    let snapshot = view.now().await?;
    let panel = match select::panel(&snapshot, name, texts) {
        Ok(found) => found.panels[0].clone(),
        Err(said) => return Ok(Err(select::no_such_panel(&said))),
    };
    let mut settings = snapshot.settings.panels.iter();
    let old = settings.find(|settings| settings.id == panel.id);
    let trust = old.and_then(|old| old.trust.clone());
    Ok(Ok(Some(Replaced { panel, trust })))
}

/// What is to be tried.
struct Wanted<'a> {
    url: &'a str,
    key: &'a SecretString,
    trust: Option<PanelTrust>,
    unencrypted: bool,
}

/// Tries address and key; a certificate that is not trusted is shown, and a person asked. So it is
/// before a key travels readable.
async fn tried(
    view: &mut View,
    mut wanted: Wanted<'_>,
    texts: &Texts,
) -> anyhow::Result<Result<(u64, Found), Exit>> {
    loop {
        let outcome = view
            .ask(Action::TryPanel {
                url: wanted.url.to_owned(),
                key: TypedKey(wanted.key.clone()),
                trust: wanted.trust.clone(),
                unencrypted: wanted.unencrypted,
            })
            .await?;
        let pin = match outcome {
            Outcome::Found { trial, found } => return Ok(Ok((trial, found))),
            Outcome::Untrusted { ref sha256, .. } => Some(sha256.clone()),
            Outcome::Done
            | Outcome::Failed { .. }
            | Outcome::Backups { .. }
            | Outcome::Schedules { .. }
            | Outcome::Activity { .. }
            | Outcome::Sparklines { .. }
            | Outcome::Report { .. } => None,
        };
        let Some(problem) = super::failure(outcome) else {
            return Ok(Err(Exit::Failed));
        };
        print::error(&table::why_not(&problem, texts));
        if !insists(&problem, pin.as_deref(), texts) {
            return Ok(Err(exit::of(&problem)));
        }
        match pin {
            Some(sha256) => wanted.trust = Some(PanelTrust::Certificate { sha256 }),
            None => wanted.unencrypted = true,
        }
    }
}

/// Whether a person who knows what is wrong wants it all the same, where that can be wanted.
fn insists(problem: &Problem, pin: Option<&str>, texts: &Texts) -> bool {
    let (question, nobody) = match pin {
        Some(sha256) => {
            let parts = [("sha256", Part::Text(sha256))];
            let say = |key| texts.say_with(key, &parts);
            (say("cli-panel-trust-ask"), say("cli-panel-fingerprint"))
        }
        None if problem.kind == ProblemKind::Unencrypted => (
            texts.say("cli-panel-unencrypted-ask"),
            texts.say("cli-panel-unencrypted"),
        ),
        None => return false,
    };
    print::confirm(&question, &nobody, texts).is_ok()
}

/// Why the key is not kept, and where else it may be.
fn not_kept(problem: &Problem, texts: &Texts) -> Exit {
    print::error(&table::reason(problem, texts, ""));
    let of_keyring = matches!(
        problem.kind,
        ProblemKind::KeyringMissing
            | ProblemKind::KeyringLocked
            | ProblemKind::KeyringFailed
            | ProblemKind::KeyringSilent
    );
    if of_keyring {
        print::error(&texts.say("cli-panel-elsewhere"));
    }
    exit::of(problem)
}

fn added(found: &Found, texts: &Texts) -> String {
    let parts = [
        ("url", Part::Text(found.url.as_str())),
        ("count", Part::Count(found.server_count)),
    ];
    texts.say_with("cli-panel-added", &parts)
}
