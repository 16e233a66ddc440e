//! A disk cache that cannot be trusted or written: the registry is asked, and never is it a wrong id.

use std::fs;
use std::path::{Path, PathBuf};

use publisher_core::registry::{RegistryClient, SchemaRegistry};
use publisher_core::testing::EmbeddedRegistry;
use publisher_core::{Delivery, SchemaId, events};

use crate::support::{Broker, OrderPlaced, PLACED, avro, cache_at, client, named, placed, say, schema_of, within};
use tests::folder::Folder;
use tests::log;

/// One record of a publisher that is built and shut down around it.
async fn publish_once(registry: RegistryClient, folder: &Folder) -> Delivery {
    let broker = Broker::memory();
    let builder = broker
        .publisher(registry)
        .disk_cache(cache_at(folder))
        .events(events![OrderPlaced]);
    let publisher = within(builder.build()).await.unwrap();
    within(publisher.publish(placed("7", 1))).await.unwrap()
}

/// The one file of a cache.
fn file(folder: &Folder) -> PathBuf {
    let names = folder.names("cache");
    assert_eq!(names.len(), 1, "{names:?}");
    folder.path.join("cache").join(&names[0])
}

/// A registry in which the schema has another id than in an empty one.
async fn other_registry() -> EmbeddedRegistry {
    let other = EmbeddedRegistry::start().unwrap();
    let client = client(other.url()).build().unwrap();
    within(client.register("first", &avro("\"string\""))).await.unwrap();
    within(client.register(PLACED, schema_of::<OrderPlaced>()))
        .await
        .unwrap();
    other
}

#[tokio::test]
async fn a_damaged_file_is_told_and_written_anew() {
    log::keep();
    let other = other_registry().await;
    let foreign = Folder::new();
    let delivery = publish_once(client(other.url()).build().unwrap(), &foreign).await;
    assert_eq!(delivery.schema_id, Some(SchemaId(2)));
    let of_another = fs::read(file(&foreign)).unwrap();

    type Damage<'a> = &'a dyn Fn(&Path, &[u8]);
    let damages: [(&str, Damage<'_>); 6] = [
        ("one wrong byte", &|path, whole| {
            let mut bytes = whole.to_vec();
            bytes[whole.len() / 2] ^= 1;
            fs::write(path, bytes).unwrap();
        }),
        ("another id", &|path, whole| {
            let text = String::from_utf8(whole.to_vec()).unwrap();
            fs::write(path, text.replace("\"id\":1", "\"id\":9")).unwrap();
        }),
        ("cut in the middle", &|path, whole| {
            fs::write(path, &whole[..whole.len() / 2]).unwrap()
        }),
        ("empty", &|path, _| fs::write(path, "").unwrap()),
        ("another version", &|path, _| {
            fs::write(path, "publisher schema cache 9\n").unwrap()
        }),
        ("of another registry", &|path, _| fs::write(path, &of_another).unwrap()),
    ];
    for (name, damage) in damages {
        let (server, folder) = (EmbeddedRegistry::start().unwrap(), Folder::new());
        let registry = || client(server.url()).build().unwrap();
        let delivery = publish_once(registry(), &folder).await;
        assert_eq!(
            (delivery.schema_id, server.requests()),
            (Some(SchemaId(1)), 1),
            "{name}"
        );
        let path = file(&folder);
        let whole = fs::read(&path).unwrap();
        damage(&path, &whole);

        let delivery = publish_once(registry(), &folder).await;
        assert_eq!(
            (delivery.schema_id, server.requests()),
            (Some(SchemaId(1)), 2),
            "{name}"
        );
        assert!(
            log::has(&["WARN", "is not used", &path.display().to_string()]),
            "{name}: nothing was said"
        );
        assert_eq!(fs::read(&path).unwrap(), whole, "{name}");
        // The next start can do without the registry again.
        server.stop().unwrap();
        let delivery = publish_once(registry(), &folder).await;
        assert_eq!(delivery.schema_id, Some(SchemaId(1)), "{name}");
    }
}

#[tokio::test]
async fn a_cache_that_cannot_be_written_is_told_and_done_without() {
    log::keep();
    type Obstacle<'a> = &'a dyn Fn(&Path);
    let obstacles: [(&str, Obstacle<'_>); 3] = [
        ("a file in the folder's place", &|cache| fs::write(cache, "").unwrap()),
        ("a folder for everybody", &|cache| {
            fs::create_dir(cache).unwrap();
            mode(cache, 0o777);
        }),
        ("a folder for reading", &|cache| {
            fs::create_dir(cache).unwrap();
            mode(cache, 0o500);
        }),
    ];
    for (name, obstacle) in obstacles {
        let (server, folder) = (EmbeddedRegistry::start().unwrap(), Folder::new());
        let cache = folder.path.join("cache");
        obstacle(&cache);
        if name == "a folder for reading" && fs::write(cache.join("probe"), "").is_ok() {
            say("SKIPPED a publisher with a folder for reading: this user may write anywhere");
            continue;
        }
        for start in 1..=2 {
            let delivery = publish_once(client(server.url()).build().unwrap(), &folder).await;
            assert_eq!(
                (delivery.schema_id, server.requests()),
                (Some(SchemaId(1)), start),
                "{name}"
            );
        }
        let path = cache.display().to_string();
        assert!(
            log::has(&["WARN", "is not kept on disk", &path]),
            "{name}: nothing was said"
        );
    }
}

#[cfg(unix)]
fn mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// By address or by name, alone or at once, with and without the registries.
#[tokio::test]
async fn two_registries_share_a_folder_and_no_id() {
    let (one, other) = (EmbeddedRegistry::start().unwrap(), other_registry().await);
    let folder = Folder::new();
    let registries = || {
        [
            (client(one.url()).build().unwrap(), SchemaId(1)),
            (client(other.url()).build().unwrap(), SchemaId(2)),
            (named(&one, "one"), SchemaId(1)),
            (named(&other, "other"), SchemaId(2)),
        ]
    };
    for state in ["up", "up again", "down"] {
        if state == "down" {
            one.stop().unwrap();
            other.stop().unwrap();
        }
        for (registry, id) in registries() {
            let name = registry.name().to_owned();
            let delivery = publish_once(registry, &folder).await;
            assert_eq!(delivery.schema_id, Some(id), "{name}, {state}");
        }
        let [(a, _), (b, _), ..] = registries();
        let (a, b) = tokio::join!(publish_once(a, &folder), publish_once(b, &folder));
        assert_eq!(
            (a.schema_id, b.schema_id),
            (Some(SchemaId(1)), Some(SchemaId(2))),
            "{state}"
        );
    }
    assert_eq!(folder.names("cache").len(), 4);
}
