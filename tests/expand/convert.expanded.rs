const _: () = {
    #[automatically_derived]
    impl ::publisher_core::__private::EventData for Paid {
        const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Record(
            &::publisher_core::__private::Record {
                name: "Paid",
                namespace: ::core::option::Option::Some("com.acme"),
                doc: ::core::option::Option::None,
                aliases: &[],
                shared: false,
                fields: &[
                    ::publisher_core::__private::Field {
                        name: "id",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<String as ::publisher_core::__private::EventData>::SHAPE,
                        flatten: false,
                        default: ::core::option::Option::None,
                        line: 0,
                    },
                    ::publisher_core::__private::Field {
                        name: "at",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<DateTime<
                            Utc,
                        > as ::publisher_core::__private::EventData>::SHAPE,
                        flatten: false,
                        default: ::core::option::Option::None,
                        line: 0,
                    },
                    ::publisher_core::__private::Field {
                        name: "amount",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &::publisher_core::__private::Shape::Constrained {
                            shape: &<Option<
                                Decimal,
                            > as ::publisher_core::__private::EventData<
                                ::publisher_core::__private::AsDecimal<18, 2>,
                            >>::SHAPE,
                            constraints: &[
                                ::publisher_core::__private::Constraint::Min(::publisher_core::__private::Bound {
                                    text: "0",
                                    mantissa: 0,
                                    scale: 0,
                                    double: 0.0,
                                }),
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
                let at = &::publisher_core::__private::Path::Field(at, "id");
                if let ::core::option::Option::Some(value) = &::publisher_core::__private::checked(
                    ::publisher_core::__private::published::<
                        String,
                    >(ids::text(&self.id)),
                    at,
                    checker,
                ) {
                    <String as ::publisher_core::__private::EventData>::check(
                        value,
                        at,
                        checker,
                    );
                }
            }
            {
                let at = &::publisher_core::__private::Path::Field(at, "at");
                let value = &<DateTime<
                    Utc,
                > as ::core::convert::From<&clocks::Instant>>::from(&self.at);
                <DateTime<
                    Utc,
                > as ::publisher_core::__private::EventData>::check(value, at, checker);
            }
            {
                let at = &::publisher_core::__private::Path::Field(at, "amount");
                if let ::core::option::Option::Some(value) = &::publisher_core::__private::checked(
                    ::publisher_core::__private::published::<
                        Option<Decimal>,
                    >(money::decimal(&self.amount)),
                    at,
                    checker,
                ) {
                    <Option<
                        Decimal,
                    > as ::publisher_core::__private::EventData<
                        ::publisher_core::__private::AsDecimal<18, 2>,
                    >>::check(value, at, checker);
                    ::publisher_core::__private::min(
                        value,
                        &::publisher_core::__private::Bound {
                            text: "0",
                            mantissa: 0,
                            scale: 0,
                            double: 0.0,
                        },
                        at,
                        checker,
                    );
                }
            }
        }
        #[inline]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            <String as ::publisher_core::__private::EventData>::encode_avro(
                &::publisher_core::__private::converted(
                    ::publisher_core::__private::published::<String>(ids::text(&self.id)),
                ),
                out,
            );
            <DateTime<
                Utc,
            > as ::publisher_core::__private::EventData>::encode_avro(
                &<DateTime<
                    Utc,
                > as ::core::convert::From<&clocks::Instant>>::from(&self.at),
                out,
            );
            <Option<
                Decimal,
            > as ::publisher_core::__private::EventData<
                ::publisher_core::__private::AsDecimal<18, 2>,
            >>::encode_avro(
                &::publisher_core::__private::converted(
                    ::publisher_core::__private::published::<
                        Option<Decimal>,
                    >(money::decimal(&self.amount)),
                ),
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
    impl ::publisher_core::__private::RecordData for Paid {
        const NAME: &'static str = "Paid";
        const NAMESPACE: ::core::option::Option<&'static str> = ::core::option::Option::Some(
            "com.acme",
        );
        #[inline]
        fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
            out.extend_from_slice(b"\"id\":");
            <String as ::publisher_core::__private::EventData>::encode_json(
                &::publisher_core::__private::converted(
                    ::publisher_core::__private::published::<String>(ids::text(&self.id)),
                ),
                out,
            );
            out.extend_from_slice(b",\"at\":");
            <DateTime<
                Utc,
            > as ::publisher_core::__private::EventData>::encode_json(
                &<DateTime<
                    Utc,
                > as ::core::convert::From<&clocks::Instant>>::from(&self.at),
                out,
            );
            out.extend_from_slice(b",\"amount\":");
            <Option<
                Decimal,
            > as ::publisher_core::__private::EventData<
                ::publisher_core::__private::AsDecimal<18, 2>,
            >>::encode_json(
                &::publisher_core::__private::converted(
                    ::publisher_core::__private::published::<
                        Option<Decimal>,
                    >(money::decimal(&self.amount)),
                ),
                out,
            );
        }
    }
    static TYPE: ::publisher_core::__private::EventType = ::publisher_core::__private::EventType::new(::publisher_core::__private::EventSpec {
        name: "com.acme.Paid",
        namespace: "com.acme",
        topic: "payments",
        version: 1,
        encoding: ::publisher_core::__private::Encoding::Avro,
        model: ::publisher_core::__private::JsonModel::Closed,
        format_keyword: false,
        key: ::core::option::Option::Some(::publisher_core::__private::KeyFormat::Text),
        shape: &<Paid as ::publisher_core::__private::EventData>::SHAPE,
    });
    #[automatically_derived]
    impl ::publisher_core::__private::Event for Paid {
        fn event_type(&self) -> &'static ::publisher_core::__private::EventType {
            &TYPE
        }
        fn key(&self, out: &mut ::std::vec::Vec<u8>) {
            ::publisher_core::__private::write_key::<
                Self,
            >(
                match &::publisher_core::__private::published::<
                    String,
                >(ids::text(&self.id)) {
                    ::core::result::Result::Ok(value) => value,
                    ::core::result::Result::Err(_) => return,
                },
                out,
            );
        }
        fn timestamp_ms(&self) -> ::core::option::Option<i64> {
            ::publisher_core::__private::EventTime::timestamp_ms(
                &<DateTime<
                    Utc,
                > as ::core::convert::From<&clocks::Instant>>::from(&self.at),
            )
        }
        fn write(
            &self,
            out: &mut ::std::vec::Vec<u8>,
        ) -> ::core::result::Result<(), ::publisher_core::__private::Violations> {
            ::publisher_core::__private::write_avro(self, TYPE.name(), out)
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::EventTypes for Paid {
        type Key = String;
        type KeyForm = ::publisher_core::__private::TextKey;
        fn types() -> ::std::vec::Vec<&'static ::publisher_core::__private::EventType> {
            <[_]>::to_vec(&[&TYPE])
        }
    }
    #[allow(long_running_const_eval)]
    const _: () = ::publisher_core::__private::assert_one_definition_per_name(
        &<Paid as ::publisher_core::__private::EventData>::SHAPE,
        "com.acme",
    );
};
const _: () = {
    #[automatically_derived]
    impl ::publisher_core::__private::EventData for Iban {
        const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Constrained {
            shape: &<String as ::publisher_core::__private::EventData>::SHAPE,
            constraints: &[::publisher_core::__private::Constraint::MinLength(15)],
        };
        #[inline(always)]
        fn check(
            &self,
            at: &::publisher_core::__private::Path<'_>,
            checker: &mut ::publisher_core::__private::Checker,
        ) {
            let value = &<String as ::core::convert::From<&banks::Iban>>::from(&self.0);
            <String as ::publisher_core::__private::EventData>::check(
                value,
                at,
                checker,
            );
            ::publisher_core::__private::min_length(value, 15, at, checker);
        }
        #[inline(always)]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            <String as ::publisher_core::__private::EventData>::encode_avro(
                &<String as ::core::convert::From<&banks::Iban>>::from(&self.0),
                out,
            );
        }
        #[inline(always)]
        fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
            <String as ::publisher_core::__private::EventData>::encode_json(
                &<String as ::core::convert::From<&banks::Iban>>::from(&self.0),
                out,
            );
        }
        #[inline(always)]
        fn encode_avro_value_first(&self, out: &mut ::std::vec::Vec<u8>) {
            <String as ::publisher_core::__private::EventData>::encode_avro_value_first(
                &<String as ::core::convert::From<&banks::Iban>>::from(&self.0),
                out,
            );
        }
        #[inline(always)]
        fn encode_avro_some(&self, out: &mut ::std::vec::Vec<u8>) {
            <String as ::publisher_core::__private::EventData>::encode_avro_some(
                &<String as ::core::convert::From<&banks::Iban>>::from(&self.0),
                out,
            );
        }
    }
    #[automatically_derived]
    impl<__Form: ?::core::marker::Sized> ::publisher_core::__private::EventKey<__Form>
    for Iban
    where
        for<'__derive> String: ::publisher_core::__private::EventKey<__Form>,
    {
        fn write_key(&self, out: &mut ::std::vec::Vec<u8>) {
            <String as ::publisher_core::__private::EventKey<
                __Form,
            >>::write_key(
                &<String as ::core::convert::From<&banks::Iban>>::from(&self.0),
                out,
            );
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::EventTime for Iban
    where
        for<'__derive> String: ::publisher_core::__private::EventTime,
    {
        fn timestamp_ms(&self) -> ::core::option::Option<i64> {
            <String as ::publisher_core::__private::EventTime>::timestamp_ms(
                &<String as ::core::convert::From<&banks::Iban>>::from(&self.0),
            )
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::Numeric for Iban
    where
        for<'__derive> String: ::publisher_core::__private::Numeric,
    {
        #[inline]
        fn satisfies(
            &self,
            bound: &::publisher_core::__private::Bound,
            accept: fn(::core::cmp::Ordering) -> bool,
        ) -> bool {
            <String as ::publisher_core::__private::Numeric>::satisfies(
                &<String as ::core::convert::From<&banks::Iban>>::from(&self.0),
                bound,
                accept,
            )
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::Countable for Iban
    where
        for<'__derive> String: ::publisher_core::__private::Countable,
    {
        fn count(&self) -> ::core::option::Option<usize> {
            <String as ::publisher_core::__private::Countable>::count(
                &<String as ::core::convert::From<&banks::Iban>>::from(&self.0),
            )
        }
    }
};
const _: () = {
    #[automatically_derived]
    impl ::publisher_core::__private::EventData for Price {
        const SHAPE: ::publisher_core::__private::Shape = <Money as ::publisher_core::__private::EventData>::SHAPE;
        const CHECKED: bool = <Money as ::publisher_core::__private::EventData>::CHECKED;
        #[inline(always)]
        fn check(
            &self,
            at: &::publisher_core::__private::Path<'_>,
            checker: &mut ::publisher_core::__private::Checker,
        ) {
            <Money as ::publisher_core::__private::EventData>::check(
                &<Money as ::core::convert::From<&Self>>::from(self),
                at,
                checker,
            );
        }
        #[inline(always)]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            <Money as ::publisher_core::__private::EventData>::encode_avro(
                &<Money as ::core::convert::From<&Self>>::from(self),
                out,
            );
        }
        #[inline(always)]
        fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
            <Money as ::publisher_core::__private::EventData>::encode_json(
                &<Money as ::core::convert::From<&Self>>::from(self),
                out,
            );
        }
        #[inline(always)]
        fn encode_avro_value_first(&self, out: &mut ::std::vec::Vec<u8>) {
            <Money as ::publisher_core::__private::EventData>::encode_avro_value_first(
                &<Money as ::core::convert::From<&Self>>::from(self),
                out,
            );
        }
        #[inline(always)]
        fn encode_avro_some(&self, out: &mut ::std::vec::Vec<u8>) {
            <Money as ::publisher_core::__private::EventData>::encode_avro_some(
                &<Money as ::core::convert::From<&Self>>::from(self),
                out,
            );
        }
    }
    #[automatically_derived]
    impl<__Form: ?::core::marker::Sized> ::publisher_core::__private::EventKey<__Form>
    for Price
    where
        for<'__derive> Money: ::publisher_core::__private::EventKey<__Form>,
    {
        fn write_key(&self, out: &mut ::std::vec::Vec<u8>) {
            <Money as ::publisher_core::__private::EventKey<
                __Form,
            >>::write_key(&<Money as ::core::convert::From<&Self>>::from(self), out);
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::EventTime for Price
    where
        for<'__derive> Money: ::publisher_core::__private::EventTime,
    {
        fn timestamp_ms(&self) -> ::core::option::Option<i64> {
            <Money as ::publisher_core::__private::EventTime>::timestamp_ms(
                &<Money as ::core::convert::From<&Self>>::from(self),
            )
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::Numeric for Price
    where
        for<'__derive> Money: ::publisher_core::__private::Numeric,
    {
        #[inline]
        fn satisfies(
            &self,
            bound: &::publisher_core::__private::Bound,
            accept: fn(::core::cmp::Ordering) -> bool,
        ) -> bool {
            <Money as ::publisher_core::__private::Numeric>::satisfies(
                &<Money as ::core::convert::From<&Self>>::from(self),
                bound,
                accept,
            )
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::Countable for Price
    where
        for<'__derive> Money: ::publisher_core::__private::Countable,
    {
        fn count(&self) -> ::core::option::Option<usize> {
            <Money as ::publisher_core::__private::Countable>::count(
                &<Money as ::core::convert::From<&Self>>::from(self),
            )
        }
    }
};
