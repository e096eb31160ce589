//! Requests that a person asked for, beside power and beside the schedule: each sent once.
//!
//! Repeats nothing and keeps nothing.

use crate::{
    action::Outcome,
    errand::{self, Errand},
};
use pterodactyl_client::{ActivityQuery, Client, Error, NewBackup};

/// Entries of the activity log asked for at once.
const DEEDS: u8 = 50;

/// Sends it and waits for the answer.
pub(super) async fn run(client: &Client, uuid: &str, errand: Errand) -> Result<Outcome, Error> {
    match errand {
        Errand::Command { line } => client.command(uuid, &line).await.map(|()| Outcome::Done),
        Errand::Backups => client.backups(uuid).await.map(|found| Outcome::Backups {
            backups: errand::backups(found),
        }),
        Errand::MakeBackup { name } => {
            let new = NewBackup {
                name,
                ..NewBackup::default()
            };
            let made = client.create_backup(uuid, &new).await;
            made.map(|_| Outcome::Done)
        }
        Errand::Schedules => client
            .schedules(uuid)
            .await
            .map(|found| Outcome::Schedules {
                schedules: errand::schedules(found),
            }),
        Errand::RunSchedule { schedule } => client
            .run_schedule(uuid, schedule)
            .await
            .map(|()| Outcome::Done),
        Errand::Activity => {
            let query = ActivityQuery {
                per_page: Some(DEEDS),
                ..ActivityQuery::default()
            };
            let found = client.activity(uuid, &query).await;
            found.map(|listing| Outcome::Activity {
                deeds: errand::deeds(listing.entries),
            })
        }
    }
}
