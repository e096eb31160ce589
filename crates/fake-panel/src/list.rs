//! The server list: who sees what, filters and pages (REFERENCE 2). Never changes the world.

use serde_json::{Value, json};

use crate::ask::{Ask, encode};
use crate::bodies;
use crate::people::User;
use crate::refusal::Refusal;
use crate::server::Server;
use crate::world::World;

/// Any other list, a page of it: `per_page` as asked, the usual and the most.
pub(crate) fn paged(
    ask: &Ask,
    entries: Vec<Value>,
    (usual, most): (usize, usize),
) -> Result<Value, Refusal> {
    let per_page = match number(ask.parameter("per_page")) {
        None | Some(0) => usual,
        Some(count) if count < 0 => return Err(Refusal::broken("QueryException")),
        Some(count) => usize::try_from(count).unwrap_or(most).min(most),
    };
    let total = entries.len();
    let page = Page::of(ask, total, per_page);
    let shown = entries.into_iter().skip(page.from).take(per_page);
    Ok(page.body(ask, shown.collect()))
}

/// One page of something.
struct Page {
    from: usize,
    number: usize,
    pages: usize,
    per_page: usize,
    total: usize,
}

impl Page {
    fn of(ask: &Ask, total: usize, per_page: usize) -> Self {
        let page = number(ask.parameter("page")).unwrap_or(1).max(1);
        let page = usize::try_from(page).unwrap_or(usize::MAX);
        Self {
            from: (page - 1).saturating_mul(per_page),
            number: page,
            pages: total.div_ceil(per_page).max(1),
            per_page,
            total,
        }
    }

    fn body(&self, ask: &Ask, data: Vec<Value>) -> Value {
        let mut links = json!({});
        if self.number > 1 {
            links["previous"] = link(ask, self.number - 1).into();
        }
        if self.number < self.pages {
            links["next"] = link(ask, self.number + 1).into();
        }
        let pagination = json!({
            "total": self.total,
            "count": data.len(),
            "per_page": self.per_page,
            "current_page": self.number,
            "total_pages": self.pages,
            "links": links,
        });
        json!({"object": "list", "data": data, "meta": {"pagination": pagination}})
    }
}

pub(crate) fn list(world: &World, ask: &Ask, user: &User) -> Result<Value, Refusal> {
    let filters = filters(ask)?;
    let per_page = per_page(ask)?;
    let kind = ask.parameter("type");
    let mut shown: Vec<usize> = (0..world.servers.len()).collect();
    shown.retain(|&index| {
        let server = &world.servers[index];
        sees(kind, user, server) && filters.iter().all(|filter| filter.matches(server))
    });
    let page = Page::of(ask, shown.len(), per_page);
    let data: Result<Vec<Value>, Refusal> = shown
        .iter()
        .skip(page.from)
        .take(per_page)
        .map(|&index| bodies::server(world, ask, user, index))
        .collect();
    Ok(page.body(ask, data?))
}

fn sees(kind: Option<&str>, user: &User, server: &Server) -> bool {
    let owner = server.spec.owner == user.name;
    let member = owner || server.subusers.iter().any(|one| one.user == user.name);
    match kind {
        Some("owner") => owner,
        Some("admin") => user.admin && !member,
        Some("admin-all") => user.admin,
        _ => member,
    }
}

/// 50 unless asked; at most 100; 0 is 15; text is 100; a negative one breaks the query (REFERENCE 15.2).
fn per_page(ask: &Ask) -> Result<usize, Refusal> {
    let Some(asked) = ask.parameter("per_page") else {
        return Ok(50);
    };
    match number(Some(asked)) {
        Some(0) => Ok(15),
        Some(count) if count < 0 => Err(Refusal::broken("QueryException")),
        Some(count) => Ok(usize::try_from(count).unwrap_or(100).min(100)),
        None => Ok(100),
    }
}

fn number(text: Option<&str>) -> Option<i64> {
    text?.trim().parse().ok()
}

fn link(ask: &Ask, page: usize) -> String {
    let mut query = String::new();
    for (key, value) in ask.query.iter().filter(|(key, _)| key != "page") {
        query.push_str(&format!("{}={}&", encode(key), encode(value)));
    }
    format!(
        "{}/{}?{query}page={page}",
        ask.base(),
        ask.path.trim_matches('/')
    )
}

struct Filter<'a> {
    field: &'a str,
    values: Vec<&'a str>,
}

fn filters(ask: &Ask) -> Result<Vec<Filter<'_>>, Refusal> {
    let mut filters = Vec::new();
    for (key, value) in &ask.query {
        let inner = key.strip_prefix("filter[");
        let Some(field) = inner.and_then(|rest| rest.strip_suffix(']')) else {
            continue;
        };
        if !["name", "uuid", "description", "external_id", "*"].contains(&field) {
            return Err(Refusal::filter(field));
        }
        let values = value.split(',').collect();
        filters.push(Filter { field, values });
    }
    Ok(filters)
}

impl Filter<'_> {
    fn matches(&self, server: &Server) -> bool {
        self.values
            .iter()
            .any(|value| self.matches_one(server, value))
    }

    fn matches_one(&self, server: &Server, value: &str) -> bool {
        let spec = &server.spec;
        let external = spec.external_id.as_deref().unwrap_or_default();
        let holds = |text: &str| text.to_lowercase().contains(&value.to_lowercase());
        match self.field {
            "name" => holds(&spec.name),
            "uuid" => holds(&server.uuid),
            "description" => holds(&spec.description),
            "external_id" => holds(external),
            _ if is_address(value) => spec.allocations.iter().any(|one| {
                let whole = format!("{}:{}", one.ip, one.port);
                whole == value || one.ip == value || whole.ends_with(value)
            }),
            _ => holds(&server.uuid) || holds(external) || holds(&spec.name),
        }
    }
}

/// `1.2.3.4`, `1.2.3.4:25565` or `:25565`.
fn is_address(value: &str) -> bool {
    let (ip, port) = value.split_once(':').unwrap_or((value, "0"));
    let port_is_number = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    let ip_fits = if value.starts_with(':') {
        ip.is_empty()
    } else {
        ip.parse::<std::net::Ipv4Addr>().is_ok()
    };
    port_is_number && ip_fits
}
