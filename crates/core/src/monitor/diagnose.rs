//! Asks every panel one thing, to know how long it takes to answer.
//!
//! One request a panel, and none to a panel that wants fewer.

use crate::{
    clock::Clock,
    diagnosis::{BudgetLeft, Reached},
    id::PanelId,
};
use pterodactyl_client::{Client, Error, MaySend};
use std::{collections::BTreeMap, time::Duration};
use tokio::{task::JoinSet, time::timeout};

/// What has not answered by now is not waited for.
const LONGEST: Duration = Duration::from_secs(10);

/// Asks all of them at once.
pub(super) async fn reach(
    clock: Clock,
    panels: Vec<(PanelId, Client)>,
) -> BTreeMap<PanelId, Reached> {
    let mut asking = JoinSet::new();
    for (id, client) in panels {
        asking.spawn(async move { (id, reach_one(clock, &client).await) });
    }
    asking.join_all().await.into_iter().collect()
}

async fn reach_one(clock: Clock, client: &Client) -> Reached {
    let instant = clock.zero().into_std() + clock.now().mono;
    let latency_ms = if matches!(client.may_send(instant), MaySend::NotBefore(_)) {
        None
    } else {
        let asked = clock.now().mono;
        let answer = timeout(LONGEST, client.account()).await;
        let took = clock.now().mono.saturating_sub(asked);
        // A refusal is an answer, too.
        let answered =
            matches!(answer, Ok(ref answer) if !matches!(answer, Err(Error::Unreachable(_))));
        answered.then(|| u32::try_from(took.as_millis()).unwrap_or(u32::MAX))
    };
    let budget = client.budget().map(|left| BudgetLeft {
        remaining: left.remaining,
        limit: left.limit,
    });
    Reached { latency_ms, budget }
}
