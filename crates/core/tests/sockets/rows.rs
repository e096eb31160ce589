//! Rows of one table that mostly wait: they wait together, and one that fails says which it is.

use tokio::task::JoinHandle;

/// Waits for all of them.
pub(crate) async fn together(rows: Vec<(&str, JoinHandle<()>)>) {
    let mut failed = Vec::new();
    for (name, row) in rows {
        if let Err(error) = row.await {
            failed.push(format!("{name}: {error}"));
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

/// One test of many rows.
macro_rules! rows_together {
    ($test:ident: $($name:ident: $row:expr;)*) => {
        #[tokio::test]
        async fn $test() {
            let rows = vec![$((stringify!($name), tokio::spawn($row)),)*];
            $crate::sockets::rows::together(rows).await;
        }
    };
}
pub(crate) use rows_together;
