//! Tokens for the websocket: a JWT's shape with the claims of each panel version. Never real cryptography: a node knows
//! a token by having seen it issued, so nothing here can be mistaken for a signature library.

use std::time::Duration;

use serde_json::{Value, json};

use crate::ids::{self, Stream};
use crate::life::Moment;
use crate::rules::Flavour;
use crate::world::World;

/// What a token says, for making one that no panel would issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenSpec {
    /// How long ago it was issued.
    pub issued_ago: Duration,
    /// From issue to expiry.
    pub lives: Duration,
    pub permissions: Vec<String>,
    /// Words separated by spaces; panels before 1.12.3 send none.
    pub scope: Option<String>,
}

/// What a node finds when it reads a token.
#[derive(Clone, Debug)]
pub(crate) struct Grant {
    pub(crate) issued: Moment,
    pub(crate) expires: Moment,
    /// UUID.
    pub(crate) server: String,
    /// UUID.
    pub(crate) user: String,
    pub(crate) permissions: Vec<String>,
    scope: Option<String>,
    /// The node's key it is signed with.
    pub(crate) secret: u32,
}

impl Grant {
    pub(crate) fn may(&self, permission: &str) -> bool {
        // `*` is everything but what only admins have.
        let all = !permission.starts_with("admin.");
        let mut known = self.permissions.iter();
        known.any(|one| one == permission || (all && one == "*"))
    }

    pub(crate) fn may_connect(&self, needs_scope: bool) -> bool {
        let mut words = self.scope.as_deref().unwrap_or_default().split(' ');
        self.may("websocket.connect") && (!needs_scope || words.any(|word| word == "websocket"))
    }
}

impl World {
    /// A token of `user` for `server` as the panel would issue it now, after `change` has had its way with it.
    ///
    /// # Panics
    /// When there is no such user or server.
    pub fn mint(
        &mut self,
        server: &str,
        user: &str,
        change: impl FnOnce(&mut TokenSpec),
    ) -> String {
        let user = self.user(user).clone();
        let server = self.server(server);
        let mut spec = TokenSpec {
            issued_ago: Duration::ZERO,
            lives: Duration::ZERO,
            permissions: crate::bodies::permissions_of(&user, server).unwrap_or_default(),
            scope: None,
        };
        let uuid = server.uuid.clone();
        spec.lives = self.rules.token_lives;
        // The panel gives the right to connect with the token, so it is always in there.
        if self.rules.flavour == Flavour::Pterodactyl1_14 {
            spec.scope = Some("websocket".to_owned());
        }
        change(&mut spec);
        self.issue(&uuid, user.id, &user.uuid, spec)
    }

    fn issue(&mut self, server: &str, user_id: u32, user: &str, spec: TokenSpec) -> String {
        self.minted += 1;
        let issued = self.now.saturating_sub(spec.issued_ago);
        let node = self.node_index(server).map(|index| &self.nodes[index]);
        let secret = node.map_or(0, |node| node.secret);
        let grant = Grant {
            issued,
            expires: issued + spec.lives,
            server: server.to_owned(),
            user: user.to_owned(),
            permissions: spec.permissions,
            scope: spec.scope,
            secret,
        };
        let token = self.render(&grant, user_id);
        self.tokens.insert(token.clone(), grant);
        token
    }

    fn render(&self, grant: &Grant, user_id: u32) -> String {
        let flavour = self.rules.flavour;
        let letters = if flavour.is_newer() { 64 } else { 32 };
        let jti = ids::hex(&format!("{user_id} {}", grant.server), letters);
        let issued = self.unix(grant.issued);
        let life = grant.expires.saturating_sub(grant.issued).as_secs_f64();
        let mut claims = json!({
            "iss": self.panel_url(),
            "aud": [self.node_url],
            "jti": jti,
            "iat": whole(issued),
            "nbf": whole(issued - 300.0),
            "exp": whole(issued + life),
            "server_uuid": grant.server,
            "permissions": grant.permissions,
            "user_uuid": grant.user,
            "unique_id": &ids::key("", &format!("token {}", self.minted))[..16],
        });
        if flavour == Flavour::Pterodactyl1_11 {
            claims["user_id"] = user_id.into();
        }
        if let Some(scope) = &grant.scope {
            claims["scope"] = scope.as_str().into();
        }
        let header = json!({"typ": "JWT", "alg": "HS256", "jti": jti});
        let signed = [header, claims].map(|part| base64(part.to_string().as_bytes()));
        let signed = signed.join(".");
        let mut stream = Stream::of(&format!("{} {signed}", grant.secret));
        let signature: Vec<u8> = (0..4).flat_map(|_| stream.next().to_be_bytes()).collect();
        format!("{signed}.{}", base64(&signature))
    }
}

fn whole(seconds: f64) -> Value {
    if seconds.fract() == 0.0 {
        json!(seconds as i64)
    } else {
        json!((seconds * 1_000.0).round() / 1_000.0)
    }
}

/// Base64 with the alphabet for URLs and without padding.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut out = String::with_capacity(bytes.len() * 4 / 3 + 4);
    for three in bytes.chunks(3) {
        let bits = three
            .iter()
            .zip([16, 8, 0])
            .fold(0_u32, |bits, (byte, shift)| {
                bits | u32::from(*byte) << shift
            });
        for letter in 0..=three.len() {
            let at = (bits >> (18 - 6 * letter)) & 63;
            out.push(char::from(LETTERS[at as usize]));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_what_everybody_else_makes_of_it() {
        for (plain, coded) in [
            ("", ""),
            ("M", "TQ"),
            ("Ma", "TWE"),
            ("Man", "TWFu"),
            ("any old text", "YW55IG9sZCB0ZXh0"),
        ] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
        assert_eq!(base64(&[0xfb, 0xff]), "-_8");
    }
}
