//! Days on end in virtual time: what is remembered of a server must not grow with them.
//!
//! Only sizes are compared here; what is right is judged as on any evening.

use super::{evening::Evening, relate, told, watching::Watching, world::World};
use std::time::Duration;

/// How many days a test run has, the first one included, in which memory fills.
const DAYS: u64 = 3;
/// How many of these stretches a test run has.
const STRETCHES: u64 = 1;
const HOUR: Duration = Duration::from_secs(60 * 60);
/// Days may be livelier than others, the first of all left out, but half of them not by so much.
const LIVELIER: f64 = 1.25;

impl World {
    /// How much is remembered for each server that is known, as a text of all of it: the largest of a day's hours.
    fn most_remembered_on(&mut self, day: u64) -> f64 {
        let mut most = 0.0_f64;
        for hour in 1..=24_u32 {
            self.run_until(HOUR * 24 * u32::try_from(day).unwrap_or(u32::MAX) + HOUR * hour);
            let known = self.state.snapshot(self.now()).servers().count();
            if known > 0 {
                most = most.max(self.remembered() as f64 / known as f64);
            }
        }
        most
    }

    fn remembered(&self) -> usize {
        let watches = self.watching.iter().filter_map(Watching::shape);
        watches.sum::<usize>() + format!("{:?}", self.state).len()
    }
}

#[test]
fn days_on_end_leave_no_more_behind_than_the_first_ones() {
    let days = told("PTEROTRAY_DAYS").unwrap_or(DAYS).max(3);
    for seed in 0..told("PTEROTRAY_STRETCHES").unwrap_or(STRETCHES) {
        let stretch = Evening::days(seed, days);
        let mut world = World::new(stretch.clone(), false);
        let daily: Vec<f64> = (1..days).map(|day| world.most_remembered_on(day)).collect();
        let (earlier, later) = daily.split_at(daily.len() / 2);
        let (earlier, later) = (mean(earlier), mean(later));
        if let Some((_, words)) = world.judge.finding {
            panic!("{}", relate(&stretch, &[(seed, words)]));
        }
        println!("stretch {seed}: {earlier:.0} on a day of the first half, {later:.0} later");
        assert!(
            later <= earlier * LIVELIER,
            "stretch {seed}: {earlier:.0} a server on a day of the first half, {later:.0} later"
        );
    }
}

fn mean(days: &[f64]) -> f64 {
    days.iter().sum::<f64>() / days.len() as f64
}
