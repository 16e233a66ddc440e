//! Combined schemas: `allOf`, `anyOf`, `oneOf`, and what a schema's own keywords are put together to.

use std::collections::HashSet;

use super::matching;
use super::view::{Kind, Operator, View};
use super::walk::{Judged, Walk};
use crate::compatibility::json::{
    combined_members_added, combined_members_changed, combined_members_removed, combined_operator,
};

pub(super) fn compare<'a>(walk: &mut Walk<'a>, older: &View<'a>, newer: &View<'a>) -> Judged {
    match (&older.kind, &newer.kind) {
        (
            Kind::Combined {
                operator: was,
                members: before,
                ..
            },
            Kind::Combined {
                operator: is, members, ..
            },
        ) => both(walk, (older, *was, before), (newer, *is, members)),
        (_, Kind::Combined { operator, members, .. }) => {
            if let [one] = &members[..] {
                return walk.views(older, one);
            }
            match operator {
                Operator::All => Ok(vec![walk.type_changed(older, newer)]),
                _ => any(walk, members.iter().map(|member| (older, member)), older, newer),
            }
        }
        (Kind::Combined { operator, members, .. }, _) => {
            if let [one] = &members[..] {
                return walk.views(one, newer);
            }
            match operator {
                Operator::All => any(walk, members.iter().map(|member| (member, newer)), older, newer),
                _ => Ok(vec![walk.type_changed(older, newer)]),
            }
        }
        _ => Ok(Vec::new()),
    }
}

/// It is enough that one of the pairs is compatible.
fn any<'a: 'b, 'b>(
    walk: &mut Walk<'a>,
    pairs: impl Iterator<Item = (&'b View<'a>, &'b View<'a>)>,
    older: &View<'a>,
    newer: &View<'a>,
) -> Judged {
    for (was, is) in pairs {
        if walk.views(was, is)?.is_empty() {
            return Ok(Vec::new());
        }
    }
    Ok(vec![walk.type_changed(older, newer)])
}

type Side<'s, 'a> = (&'s View<'a>, Operator, &'s [View<'a>]);

fn both<'a>(walk: &mut Walk<'a>, (older, was, before): Side<'_, 'a>, (newer, is, members): Side<'_, 'a>) -> Judged {
    let (before, members) = (distinct(before), distinct(members));
    let keyword = |operator: Operator| operator.word();
    if was != is {
        let allowed = match (was, is) {
            (_, Operator::Any) => true,
            _ if before.len() == 1 && members.len() == 1 => true,
            (_, Operator::One) if before.len() == 1 => true,
            (Operator::All, _) => members.len() == 1,
            _ => false,
        };
        if !allowed {
            let message = format!("writer has {}, reader has {}", was.word(), is.word());
            let rule = &combined_operator::RULE;
            let mut finding = walk.found(rule, &older.node, &newer.node, keyword(is), &message);
            finding.writer = walk.older.place(&older.node, keyword(was));
            return Ok(vec![finding]);
        }
    }
    let counts = format!("writer has {} members, reader has {}", before.len(), members.len());
    let of_sum = |operator: Operator| operator != Operator::All;
    if was == is && of_sum(is) && members.len() < before.len() {
        let rule = &combined_members_removed::RULE;
        return Ok(vec![walk.found(rule, &older.node, &newer.node, keyword(is), &counts)]);
    }
    if was == is && !of_sum(is) && members.len() > before.len() {
        let rule = &combined_members_added::RULE;
        return Ok(vec![walk.found(rule, &older.node, &newer.node, keyword(is), &counts)]);
    }
    let mut pairs = Vec::with_capacity(before.len());
    let mut nearest = Vec::new();
    for old in &before {
        let mut partners = Vec::new();
        for (index, new) in members.iter().enumerate() {
            let findings = walk.views(old, new)?;
            if findings.is_empty() {
                partners.push(index);
            } else if before.len() == 1 || members.len() == 1 || same_kind(old, new) {
                nearest.extend(findings);
            }
        }
        pairs.push(partners);
    }
    if matching::maximum(&pairs, members.len()) == before.len().min(members.len()) {
        return Ok(Vec::new());
    }
    // Where the parts of a schema's own keywords meet, what differs within says more than that something does.
    let own = |view: &View<'_>| matches!(view.kind, Kind::Combined { keyword: None, .. });
    if own(older) && own(newer) && !nearest.is_empty() {
        return Ok(nearest);
    }
    let rule = &combined_members_changed::RULE;
    let message = format!("{counts}, and not each of the fewer has a compatible one of its own");
    Ok(vec![walk.found(rule, &older.node, &newer.node, keyword(is), &message)])
}

fn same_kind(older: &View<'_>, newer: &View<'_>) -> bool {
    !matches!(older.kind, Kind::Unread) && older.kind.number() == newer.kind.number()
}

/// The members without those that say the same.
fn distinct<'s, 'a>(members: &'s [View<'a>]) -> Vec<&'s View<'a>> {
    let mut seen = HashSet::with_capacity(members.len());
    let new = |member: &&View<'a>| seen.insert((member.node.value, member.kind.number()));
    members.iter().filter(new).collect()
}
