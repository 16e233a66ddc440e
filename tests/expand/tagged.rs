/// How it is paid.
#[derive(EventData)]
#[event(rename_all = "SCREAMING_SNAKE_CASE", tag = "kind")]
enum Payment<'a> {
    /// By a card.
    Card {
        #[event(min_length = 4, max_length = 4)]
        last4: &'a str,
        #[event(skip)]
        token: Token,
    },
    /// From an account.
    Transfer(TransferDetails),
    #[event(default)]
    Voucher,
    Foreign(#[event(as = Amount, with = foreign::amount)] foreign::Amount),
}
