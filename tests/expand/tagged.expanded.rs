const _: () = {
    #[allow(non_camel_case_types, non_snake_case)]
    struct __PaymentCard<'__event, 'a> {
        last4: &'__event &'a str,
    }
    const _: () = {
        #[automatically_derived]
        impl<'__event, 'a> ::publisher_core::__private::EventData
        for __PaymentCard<'__event, 'a> {
            const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Record(
                &::publisher_core::__private::Record {
                    name: "PaymentCard",
                    namespace: ::core::option::Option::None,
                    doc: ::core::option::Option::Some("By a card."),
                    aliases: &[],
                    shared: false,
                    fields: &[
                        ::publisher_core::__private::Field {
                            name: "last4",
                            doc: ::core::option::Option::None,
                            aliases: &[],
                            shape: &::publisher_core::__private::Shape::Constrained {
                                shape: &<&'a str as ::publisher_core::__private::EventData>::SHAPE,
                                constraints: &[
                                    ::publisher_core::__private::Constraint::MinLength(4),
                                    ::publisher_core::__private::Constraint::MaxLength(4),
                                ],
                            },
                            flatten: false,
                            default: ::core::option::Option::None,
                            line: 0,
                        },
                    ],
                    source: ::core::file!(),
                },
            );
            #[inline]
            fn check(
                &self,
                at: &::publisher_core::__private::Path<'_>,
                checker: &mut ::publisher_core::__private::Checker,
            ) {
                {
                    let at = &::publisher_core::__private::Path::Field(at, "last4");
                    <&'a str as ::publisher_core::__private::EventData>::check(
                        self.last4,
                        at,
                        checker,
                    );
                    ::publisher_core::__private::min_length(self.last4, 4, at, checker);
                    ::publisher_core::__private::max_length(self.last4, 4, at, checker);
                }
            }
            #[inline]
            fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
                <&'a str as ::publisher_core::__private::EventData>::encode_avro(
                    self.last4,
                    out,
                );
            }
            #[inline]
            fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
                out.push(b'{');
                ::publisher_core::__private::RecordData::encode_json_members(self, out);
                out.push(b'}');
            }
        }
        #[automatically_derived]
        impl<'__event, 'a> ::publisher_core::__private::RecordData
        for __PaymentCard<'__event, 'a> {
            const NAME: &'static str = "PaymentCard";
            const NAMESPACE: ::core::option::Option<&'static str> = ::core::option::Option::None;
            #[inline]
            fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
                out.extend_from_slice(b"\"last4\":");
                <&'a str as ::publisher_core::__private::EventData>::encode_json(
                    self.last4,
                    out,
                );
            }
        }
    };
    #[allow(non_camel_case_types)]
    struct __PaymentForeign<'__event>(&'__event foreign::Amount);
    const _: () = {
        #[automatically_derived]
        impl<'__event> ::publisher_core::__private::EventData
        for __PaymentForeign<'__event> {
            const SHAPE: ::publisher_core::__private::Shape = <Amount as ::publisher_core::__private::EventData>::SHAPE;
            #[inline(always)]
            fn check(
                &self,
                at: &::publisher_core::__private::Path<'_>,
                checker: &mut ::publisher_core::__private::Checker,
            ) {
                if let ::core::option::Option::Some(value) = &::publisher_core::__private::checked(
                    ::publisher_core::__private::published::<
                        Amount,
                    >(foreign::amount(self.0)),
                    at,
                    checker,
                ) {
                    <Amount as ::publisher_core::__private::EventData>::check(
                        value,
                        at,
                        checker,
                    );
                }
            }
            #[inline(always)]
            fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
                <Amount as ::publisher_core::__private::EventData>::encode_avro(
                    &::publisher_core::__private::converted(
                        ::publisher_core::__private::published::<
                            Amount,
                        >(foreign::amount(self.0)),
                    ),
                    out,
                );
            }
            #[inline(always)]
            fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
                <Amount as ::publisher_core::__private::EventData>::encode_json(
                    &::publisher_core::__private::converted(
                        ::publisher_core::__private::published::<
                            Amount,
                        >(foreign::amount(self.0)),
                    ),
                    out,
                );
            }
            #[inline(always)]
            fn encode_avro_value_first(&self, out: &mut ::std::vec::Vec<u8>) {
                <Amount as ::publisher_core::__private::EventData>::encode_avro_value_first(
                    &::publisher_core::__private::converted(
                        ::publisher_core::__private::published::<
                            Amount,
                        >(foreign::amount(self.0)),
                    ),
                    out,
                );
            }
            #[inline(always)]
            fn encode_avro_some(&self, out: &mut ::std::vec::Vec<u8>) {
                <Amount as ::publisher_core::__private::EventData>::encode_avro_some(
                    &::publisher_core::__private::converted(
                        ::publisher_core::__private::published::<
                            Amount,
                        >(foreign::amount(self.0)),
                    ),
                    out,
                );
            }
        }
    };
    #[allow(non_camel_case_types)]
    enum __Tag {
        Card,
        Transfer,
        Voucher,
        Foreign,
    }
    #[automatically_derived]
    impl ::publisher_core::__private::EventData for __Tag {
        const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Enum(
            &::publisher_core::__private::Enum {
                name: "PaymentType",
                namespace: ::core::option::Option::None,
                doc: ::core::option::Option::None,
                aliases: &[],
                shared: false,
                symbols: &["CARD", "TRANSFER", "VOUCHER", "FOREIGN"],
                default: ::core::option::Option::Some("VOUCHER"),
            },
        );
        const CHECKED: bool = false;
        #[inline]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            let number = match self {
                Self::Card => 0,
                Self::Transfer => 1,
                Self::Voucher => 2,
                Self::Foreign => 3,
            };
            ::publisher_core::__private::avro::long(number, out);
        }
        #[inline]
        fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
            let text = match self {
                Self::Card => "\"CARD\"",
                Self::Transfer => "\"TRANSFER\"",
                Self::Voucher => "\"VOUCHER\"",
                Self::Foreign => "\"FOREIGN\"",
            };
            out.extend_from_slice(text.as_bytes());
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::EventData<::publisher_core::__private::AsString>
    for __Tag {
        const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::String;
        const CHECKED: bool = false;
        #[inline]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            ::publisher_core::__private::avro::bytes(
                ::publisher_core::__private::MapKey::as_text(self).as_bytes(),
                out,
            );
        }
        #[inline]
        fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
            <Self as ::publisher_core::__private::EventData>::encode_json(self, out);
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::MapKey for __Tag {
        #[inline]
        fn as_text(&self) -> &str {
            match self {
                Self::Card => "CARD",
                Self::Transfer => "TRANSFER",
                Self::Voucher => "VOUCHER",
                Self::Foreign => "FOREIGN",
            }
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::EventKey for __Tag {
        fn write_key(&self, out: &mut ::std::vec::Vec<u8>) {
            out.extend_from_slice(
                ::publisher_core::__private::MapKey::as_text(self).as_bytes(),
            );
        }
    }
    #[allow(non_camel_case_types, non_snake_case)]
    struct __Published<'__event, 'a> {
        __tag: __Tag,
        Card: ::core::option::Option<__PaymentCard<'__event, 'a>>,
        Transfer: ::core::option::Option<&'__event TransferDetails>,
        Foreign: ::core::option::Option<__PaymentForeign<'__event>>,
    }
    const _: () = {
        #[automatically_derived]
        impl<'__event, 'a> ::publisher_core::__private::EventData
        for __Published<'__event, 'a> {
            const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Record(
                &::publisher_core::__private::Record {
                    name: "Payment",
                    namespace: ::core::option::Option::None,
                    doc: ::core::option::Option::Some("How it is paid."),
                    aliases: &[],
                    shared: false,
                    fields: &[
                        ::publisher_core::__private::Field {
                            name: "kind",
                            doc: ::core::option::Option::None,
                            aliases: &[],
                            shape: &<__Tag as ::publisher_core::__private::EventData>::SHAPE,
                            flatten: false,
                            default: ::core::option::Option::None,
                            line: 0,
                        },
                        ::publisher_core::__private::Field {
                            name: "card",
                            doc: ::core::option::Option::None,
                            aliases: &[],
                            shape: &<::core::option::Option<
                                __PaymentCard<'__event, 'a>,
                            > as ::publisher_core::__private::EventData>::SHAPE,
                            flatten: false,
                            default: ::core::option::Option::None,
                            line: 0,
                        },
                        ::publisher_core::__private::Field {
                            name: "transfer",
                            doc: ::core::option::Option::Some("From an account."),
                            aliases: &[],
                            shape: &<::core::option::Option<
                                &'__event TransferDetails,
                            > as ::publisher_core::__private::EventData>::SHAPE,
                            flatten: false,
                            default: ::core::option::Option::None,
                            line: 0,
                        },
                        ::publisher_core::__private::Field {
                            name: "foreign",
                            doc: ::core::option::Option::None,
                            aliases: &[],
                            shape: &<::core::option::Option<
                                __PaymentForeign<'__event>,
                            > as ::publisher_core::__private::EventData>::SHAPE,
                            flatten: false,
                            default: ::core::option::Option::None,
                            line: 0,
                        },
                    ],
                    source: ::core::file!(),
                },
            );
            #[inline]
            fn check(
                &self,
                at: &::publisher_core::__private::Path<'_>,
                checker: &mut ::publisher_core::__private::Checker,
            ) {
                <__Tag as ::publisher_core::__private::EventData>::check(
                    &self.__tag,
                    &::publisher_core::__private::Path::Field(at, "kind"),
                    checker,
                );
                <::core::option::Option<
                    __PaymentCard<'__event, 'a>,
                > as ::publisher_core::__private::EventData>::check(
                    &self.Card,
                    &::publisher_core::__private::Path::Field(at, "card"),
                    checker,
                );
                <::core::option::Option<
                    &'__event TransferDetails,
                > as ::publisher_core::__private::EventData>::check(
                    &self.Transfer,
                    &::publisher_core::__private::Path::Field(at, "transfer"),
                    checker,
                );
                <::core::option::Option<
                    __PaymentForeign<'__event>,
                > as ::publisher_core::__private::EventData>::check(
                    &self.Foreign,
                    &::publisher_core::__private::Path::Field(at, "foreign"),
                    checker,
                );
            }
            #[inline]
            fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
                <__Tag as ::publisher_core::__private::EventData>::encode_avro(
                    &self.__tag,
                    out,
                );
                <::core::option::Option<
                    __PaymentCard<'__event, 'a>,
                > as ::publisher_core::__private::EventData>::encode_avro(
                    &self.Card,
                    out,
                );
                <::core::option::Option<
                    &'__event TransferDetails,
                > as ::publisher_core::__private::EventData>::encode_avro(
                    &self.Transfer,
                    out,
                );
                <::core::option::Option<
                    __PaymentForeign<'__event>,
                > as ::publisher_core::__private::EventData>::encode_avro(
                    &self.Foreign,
                    out,
                );
            }
            #[inline]
            fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
                out.push(b'{');
                ::publisher_core::__private::RecordData::encode_json_members(self, out);
                out.push(b'}');
            }
        }
        #[automatically_derived]
        impl<'__event, 'a> ::publisher_core::__private::RecordData
        for __Published<'__event, 'a> {
            const NAME: &'static str = "Payment";
            const NAMESPACE: ::core::option::Option<&'static str> = ::core::option::Option::None;
            #[inline]
            fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
                out.extend_from_slice(b"\"kind\":");
                <__Tag as ::publisher_core::__private::EventData>::encode_json(
                    &self.__tag,
                    out,
                );
                out.extend_from_slice(b",\"card\":");
                <::core::option::Option<
                    __PaymentCard<'__event, 'a>,
                > as ::publisher_core::__private::EventData>::encode_json(
                    &self.Card,
                    out,
                );
                out.extend_from_slice(b",\"transfer\":");
                <::core::option::Option<
                    &'__event TransferDetails,
                > as ::publisher_core::__private::EventData>::encode_json(
                    &self.Transfer,
                    out,
                );
                out.extend_from_slice(b",\"foreign\":");
                <::core::option::Option<
                    __PaymentForeign<'__event>,
                > as ::publisher_core::__private::EventData>::encode_json(
                    &self.Foreign,
                    out,
                );
            }
        }
    };
    #[automatically_derived]
    impl<'__event, 'a> ::core::convert::From<&'__event Payment<'a>>
    for __Published<'__event, 'a> {
        #[inline]
        fn from(value: &'__event Payment<'a>) -> Self {
            Self {
                __tag: match value {
                    Payment::Card { .. } => __Tag::Card,
                    Payment::Transfer { .. } => __Tag::Transfer,
                    Payment::Voucher { .. } => __Tag::Voucher,
                    Payment::Foreign { .. } => __Tag::Foreign,
                },
                Card: match value {
                    Payment::Card { last4, .. } => {
                        ::core::option::Option::Some(__PaymentCard { last4 })
                    }
                    _ => ::core::option::Option::None,
                },
                Transfer: match value {
                    Payment::Transfer(value) => ::core::option::Option::Some(value),
                    _ => ::core::option::Option::None,
                },
                Foreign: match value {
                    Payment::Foreign(value) => {
                        ::core::option::Option::Some(__PaymentForeign(value))
                    }
                    _ => ::core::option::Option::None,
                },
            }
        }
    }
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::EventData for Payment<'a> {
        const SHAPE: ::publisher_core::__private::Shape = <__Published<
            'static,
            'static,
        > as ::publisher_core::__private::EventData>::SHAPE;
        #[inline(always)]
        fn check(
            &self,
            at: &::publisher_core::__private::Path<'_>,
            checker: &mut ::publisher_core::__private::Checker,
        ) {
            <__Published<
                '_,
                '_,
            > as ::publisher_core::__private::EventData>::check(
                &<__Published<'_, '_> as ::core::convert::From<&Self>>::from(self),
                at,
                checker,
            );
        }
        #[inline(always)]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            <__Published<
                '_,
                '_,
            > as ::publisher_core::__private::EventData>::encode_avro(
                &<__Published<'_, '_> as ::core::convert::From<&Self>>::from(self),
                out,
            );
        }
        #[inline(always)]
        fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
            <__Published<
                '_,
                '_,
            > as ::publisher_core::__private::EventData>::encode_json(
                &<__Published<'_, '_> as ::core::convert::From<&Self>>::from(self),
                out,
            );
        }
        #[inline(always)]
        fn encode_avro_value_first(&self, out: &mut ::std::vec::Vec<u8>) {
            <__Published<
                '_,
                '_,
            > as ::publisher_core::__private::EventData>::encode_avro_value_first(
                &<__Published<'_, '_> as ::core::convert::From<&Self>>::from(self),
                out,
            );
        }
        #[inline(always)]
        fn encode_avro_some(&self, out: &mut ::std::vec::Vec<u8>) {
            <__Published<
                '_,
                '_,
            > as ::publisher_core::__private::EventData>::encode_avro_some(
                &<__Published<'_, '_> as ::core::convert::From<&Self>>::from(self),
                out,
            );
        }
    }
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::RecordData for Payment<'a> {
        const NAME: &'static str = <__Published<
            'static,
            'static,
        > as ::publisher_core::__private::RecordData>::NAME;
        const NAMESPACE: ::core::option::Option<&'static str> = <__Published<
            'static,
            'static,
        > as ::publisher_core::__private::RecordData>::NAMESPACE;
        #[inline]
        fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
            let published = <__Published<
                '_,
                '_,
            > as ::core::convert::From<&Self>>::from(self);
            ::publisher_core::__private::RecordData::encode_json_members(
                &published,
                out,
            );
        }
    }
};
