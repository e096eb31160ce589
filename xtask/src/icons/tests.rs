//! What a person must be able to see, and what the check must find. Never looks at what is generated: it renders afresh.

mod files;
mod looks;
