//! The program for playing by hand: its command line and what it takes from standard input. Never a real key in it.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use crate::wire::send_to;

struct Program {
    child: Child,
    orders: ChildStdin,
    says: BufReader<ChildStdout>,
    port: u16,
    key: String,
}

impl Drop for Program {
    fn drop(&mut self) {
        // It runs until it is interrupted; an error means that it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Program {
    fn run(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_fake-panel"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let orders = child.stdin.take().unwrap();
        let mut says = BufReader::new(child.stdout.take().unwrap());
        let url = line(&mut says);
        let key = line(&mut says);
        let port = url.rsplit(':').next().unwrap().parse().unwrap();
        Self {
            child,
            orders,
            says,
            port,
            key,
        }
    }

    fn order(&mut self, order: &str) -> String {
        writeln!(self.orders, "{order}").unwrap();
        line(&mut self.says)
    }

    async fn list(&self) -> u16 {
        let bearer = format!("Bearer {}", self.key);
        let headers = [("Accept", "application/json"), ("Authorization", &*bearer)];
        let answer = send_to(self.port, "GET", "/api/client", &headers, "").await;
        answer.unwrap().status
    }
}

fn line(says: &mut impl BufRead) -> String {
    let mut line = String::new();
    says.read_line(&mut line).unwrap();
    line.trim().to_owned()
}

#[tokio::test]
async fn faults_are_switched_from_the_command_line_and_while_it_runs() {
    let mut program = Program::run(&[
        "--servers",
        "3",
        "--panel",
        "1.14",
        "--fault",
        "panel/list=once:unauthorized",
        "--fault",
        "Server 0002/socket=frozen",
        "--control",
    ]);
    assert_eq!(program.list().await, 401);
    assert_eq!(program.list().await, 200);
    assert_eq!(program.order("panel/list=late:5:proxy:504"), "ok");
    assert_eq!(program.list().await, 504);
    assert_eq!(program.order("panel/list=none"), "ok");
    assert_eq!(program.list().await, 200);
    assert_eq!(program.order("skip=60"), "ok");
    let counts = program.order("counts");
    assert!(counts.starts_with("list 4, connections 4"), "{counts}");
    assert_eq!(
        program.order("Server 9999=crash"),
        r#"there is no "Server 9999""#
    );
}

#[test]
fn help_is_printed_when_asked_for_and_when_something_is_not_understood() {
    let run = |argument: &str| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_fake-panel"));
        program.arg(argument).output().unwrap()
    };
    let help = run("--help");
    let text = String::from_utf8(help.stdout).unwrap();
    assert!(help.status.success() && text.contains("--fault ORDER"));
    assert!(text.contains("late:MILLISECONDS:FAULT"), "{text}");
    let wrong = run("--bogus");
    assert_eq!(wrong.status.code(), Some(2));
    assert_eq!(String::from_utf8(wrong.stderr).unwrap(), text);
}
