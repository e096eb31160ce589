//! Schedules: reading, making, running by hand (REFERENCE 10). Never runs one by the clock.

use serde_json::{Value, json};

use crate::answer::{Answer, Reply};
use crate::ask::Ask;
use crate::life::Moment;
use crate::people::User;
use crate::power::Signal;
use crate::refusal::Refusal;
use crate::throttle::Action;
use crate::world::World;

#[derive(Clone, Debug)]
pub(crate) struct Schedule {
    id: u32,
    name: String,
    /// Minute, hour, day of month, month, day of week.
    cron: [String; 5],
    active: bool,
    only_when_online: bool,
    made: Moment,
    last_run: Option<Moment>,
    tasks: Vec<Task>,
}

#[derive(Clone, Debug)]
struct Task {
    id: u32,
    action: String,
    payload: String,
    made: Moment,
}

/// What is asked about schedules.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum ScheduleCall<'a> {
    List,
    Create,
    View(&'a str),
    Delete(&'a str),
    Execute(&'a str),
    AddTask(&'a str),
}

impl<'a> ScheduleCall<'a> {
    pub(crate) fn permission(self) -> &'static str {
        match self {
            Self::List | Self::View(_) => "schedule.read",
            Self::Create => "schedule.create",
            Self::Delete(_) => "schedule.delete",
            Self::Execute(_) | Self::AddTask(_) => "schedule.update",
        }
    }

    /// The schedule it is about.
    pub(crate) fn id(self) -> Option<&'a str> {
        match self {
            Self::List | Self::Create => None,
            Self::View(id) | Self::Delete(id) | Self::Execute(id) | Self::AddTask(id) => Some(id),
        }
    }

    pub(crate) fn throttled(self) -> Option<Action> {
        matches!(self, Self::Create).then_some(Action::Schedule)
    }
}

const CRON: [&str; 5] = ["minute", "hour", "day_of_month", "month", "day_of_week"];

impl Schedule {
    fn body(&self, world: &World) -> Value {
        let made = world.stamp(self.made);
        let tasks: Vec<Value> = self.tasks.iter().map(|task| task.body(world)).collect();
        let mut cron = json!({});
        for (name, value) in CRON.iter().zip(&self.cron) {
            cron[*name] = value.as_str().into();
        }
        json!({"object": "server_schedule", "attributes": {
            "id": self.id,
            "name": self.name,
            "cron": cron,
            "is_active": self.active,
            "is_processing": false,
            "only_when_online": self.only_when_online,
            "last_run_at": self.last_run.map(|at| world.stamp(at)),
            "next_run_at": world.stamp(world.now + std::time::Duration::from_secs(3_600)),
            "created_at": made,
            "updated_at": made,
            "relationships": {"tasks": {"object": "list", "data": tasks}},
        }})
    }
}

impl Task {
    fn body(&self, world: &World) -> Value {
        let made = world.stamp(self.made);
        json!({"object": "schedule_task", "attributes": {
            "id": self.id,
            "sequence_id": self.id,
            "action": self.action,
            "payload": self.payload,
            "time_offset": 0,
            "is_queued": false,
            "continue_on_failure": false,
            "created_at": made,
            "updated_at": made,
        }})
    }
}

/// Where among its server's schedules one is.
pub(crate) fn position(schedules: &[Schedule], id: &str) -> Option<usize> {
    schedules.iter().position(|one| one.id.to_string() == id)
}

pub(crate) fn answer(
    world: &mut World,
    ask: &Ask,
    call: ScheduleCall<'_>,
    user: &User,
    index: usize,
) -> Result<Reply, Refusal> {
    let server = &world.servers[index];
    let at = match call.id() {
        Some(id) => position(&server.schedules, id).ok_or_else(Refusal::unknown_server)?,
        None => 0,
    };
    let body = match call {
        ScheduleCall::List => {
            let all = server.schedules.iter().map(|one| one.body(world));
            json!({"object": "list", "data": all.collect::<Vec<_>>()})
        }
        ScheduleCall::View(_) => server.schedules[at].body(world),
        ScheduleCall::Create => create(world, ask, index)?,
        ScheduleCall::AddTask(_) => add_task(world, ask, index, at),
        ScheduleCall::Delete(_) => {
            world.servers[index].schedules.remove(at);
            return Ok(Reply::at_once(Answer::no_content()));
        }
        ScheduleCall::Execute(_) => {
            let properties = json!({"name": server.schedules[at].name});
            world.note(
                Some(index),
                user,
                "server:schedule.execute",
                true,
                properties,
            );
            world.run_schedule(index, at);
            return Ok(Reply::at_once(Answer::accepted()));
        }
    };
    Ok(Reply::at_once(Answer::json(&body)))
}

fn create(world: &mut World, ask: &Ask, index: usize) -> Result<Value, Refusal> {
    let name = ask.field("name");
    let name = name.ok_or_else(|| Refusal::invalid("name", "required"))?;
    let cron = CRON.map(|part| ask.field(part).unwrap_or_else(|| "*".to_owned()));
    let known = |part: &String| part.chars().all(|one| "0123456789*/,-".contains(one));
    if !cron.iter().all(known) {
        return Err(Refusal::bad_cron());
    }
    let id = world.new_schedule(index, &name, cron);
    let schedules = &mut world.servers[index].schedules;
    let at = position(schedules, &id.to_string()).unwrap_or_default();
    schedules[at].active = ask.flag("is_active");
    schedules[at].only_when_online = ask.flag("only_when_online");
    Ok(world.servers[index].schedules[at].body(world))
}

fn add_task(world: &mut World, ask: &Ask, index: usize, at: usize) -> Value {
    let made = world.now;
    let tasks = &mut world.servers[index].schedules[at].tasks;
    tasks.push(Task {
        id: u32::try_from(tasks.len()).unwrap_or_default() + 1,
        action: ask.field("action").unwrap_or_default(),
        payload: ask.field("payload").unwrap_or_default(),
        made,
    });
    let task = tasks[tasks.len() - 1].clone();
    task.body(world)
}

impl World {
    fn new_schedule(&mut self, index: usize, name: &str, cron: [String; 5]) -> u32 {
        let made = self.now;
        let id = self.servers.iter().flat_map(|one| &one.schedules);
        let id = id.map(|one| one.id).max().unwrap_or_default() + 1;
        self.servers[index].schedules.push(Schedule {
            id,
            name: name.to_owned(),
            cron,
            active: true,
            only_when_online: false,
            made,
            last_run: None,
            tasks: Vec::new(),
        });
        id
    }

    /// A schedule of four in the morning that sends this power signal, and its number.
    ///
    /// # Panics
    /// When there is no such server.
    pub fn add_schedule(&mut self, server: &str, name: &str, signal: Signal) -> u32 {
        let uuid = self.server(server).uuid.clone();
        let index = self.servers.iter().position(|one| one.uuid == uuid);
        let index = index.unwrap_or_default();
        let cron = ["0", "4", "*", "*", "*"].map(str::to_owned);
        let id = self.new_schedule(index, name, cron);
        let made = self.now;
        if let Some(schedule) = self.servers[index].schedules.last_mut() {
            schedule.tasks.push(Task {
                id: 1,
                action: "power".to_owned(),
                payload: signal.as_str().to_owned(),
                made,
            });
        }
        id
    }

    /// Does what the power tasks of a schedule say, at once.
    fn run_schedule(&mut self, index: usize, at: usize) {
        let now = self.now;
        let server = &mut self.servers[index];
        server.schedules[at].last_run = Some(now);
        let tasks = server.schedules[at].tasks.iter();
        let signals: Vec<Signal> = tasks.filter_map(|one| Signal::read(&one.payload)).collect();
        for signal in signals {
            server.signal(signal);
        }
    }
}
