//! One transaction at a time: in the order of the calls, and none within another.

use std::convert::Infallible;
use std::sync::Mutex;

use publisher_core::TransactionError;

use crate::support::{Bench, is_pending, placed, until, within};

#[tokio::test]
async fn transactions_have_their_turns_in_the_order_of_the_calls() {
    let bench = Bench::start();
    let publisher = bench.publisher().await;
    let (go_on, gone_on) = tokio::sync::oneshot::channel::<()>();
    let order = Mutex::new(Vec::new());
    let mut first = Box::pin(publisher.transaction(async |transaction| {
        order.lock().unwrap().push(1);
        transaction.publish(placed("1", 1));
        gone_on.await.unwrap();
        Ok::<_, Infallible>(())
    }));
    until("the first has begun", || {
        let _pending = is_pending(first.as_mut());
        !order.lock().unwrap().is_empty()
    })
    .await;
    let next = |number: u32| {
        let (publisher, order) = (&publisher, &order);
        async move {
            publisher
                .transaction(async |transaction| {
                    order.lock().unwrap().push(number);
                    transaction.publish(placed(&number.to_string(), 1));
                    Ok::<_, Infallible>(())
                })
                .await
        }
    };
    let (mut second, mut third) = (Box::pin(next(2)), Box::pin(next(3)));
    assert!(is_pending(second.as_mut()), "the first is open");
    assert!(is_pending(third.as_mut()), "the first is open");
    go_on.send(()).unwrap();
    let ended = within(async { tokio::join!(first, third, second) }).await;
    assert_eq!(ended, (Ok(()), Ok(()), Ok(())));
    assert_eq!(*order.lock().unwrap(), [1, 2, 3]);
    assert_eq!(bench.committed(), ["1", "2", "3"]);
}

#[tokio::test]
async fn a_transaction_within_another_one_of_the_same_publisher_is_refused() {
    let bench = Bench::start();
    let publisher = bench.publisher().await;
    let other = publisher_core::Publisher::builder()
        .transactional("shop-2")
        .connect(bench.broker.connect())
        .registry(bench.registry.url())
        .build()
        .await
        .unwrap();
    let outer = publisher.transaction(async |transaction| {
        let inner = publisher.clone();
        let nested = inner.transaction(async |_| Ok::<_, Infallible>(())).await;
        assert_eq!(nested, Err(TransactionError::Nested));
        let elsewhere = other.transaction(async |transaction| {
            transaction.publish(placed("elsewhere", 1));
            Ok::<_, Infallible>(())
        });
        elsewhere.await.unwrap();
        transaction.publish(placed("1", 1));
        Ok::<_, Infallible>(())
    });
    within(outer).await.unwrap();
    assert_eq!(bench.committed(), ["elsewhere", "1"]);
}

#[test]
fn programs_without_a_runtime_have_transactions_too() {
    let bench = Bench::start();
    let publisher = publisher_core::Publisher::builder()
        .transactional("shop-1")
        .connect(bench.broker.connect())
        .registry(bench.registry.url())
        .build_blocking()
        .unwrap();
    let transaction = publisher.transaction(async |transaction| {
        transaction.publish(placed("1", 1)).await?;
        Ok::<_, publisher_core::PublishError>(())
    });
    publisher.blocking().wait(transaction).unwrap();
    assert_eq!(bench.committed(), ["1"]);
}
