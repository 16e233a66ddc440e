const _: () = {
    #[allow(non_camel_case_types, unreachable_pub)]
    pub enum __Sha256 {}
    #[automatically_derived]
    impl ::publisher_core::__private::FixedName for __Sha256 {
        const NAME: &'static str = "Sha256";
    }
    #[automatically_derived]
    impl ::publisher_core::__private::EventData for OrderPlaced {
        const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Record(
            &::publisher_core::__private::Record {
                name: "OrderPlaced",
                namespace: ::core::option::Option::Some("com.acme"),
                doc: ::core::option::Option::None,
                aliases: &[],
                shared: false,
                fields: &[
                    ::publisher_core::__private::Field {
                        name: "document",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<[u8; 32] as ::publisher_core::__private::EventData<
                            ::publisher_core::__private::AsFixed<__Sha256>,
                        >>::SHAPE,
                        flatten: false,
                        default: ::core::option::Option::None,
                        line: 0,
                    },
                    ::publisher_core::__private::Field {
                        name: "before",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<Option<
                            [u8; 32],
                        > as ::publisher_core::__private::EventData<
                            ::publisher_core::__private::AsFixed<__Sha256>,
                        >>::SHAPE,
                        flatten: false,
                        default: ::core::option::Option::None,
                        line: 0,
                    },
                    ::publisher_core::__private::Field {
                        name: "placed_at",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<SystemTime as ::publisher_core::__private::EventData<
                            ::publisher_core::__private::AsMicros,
                        >>::SHAPE,
                        flatten: false,
                        default: ::core::option::Option::None,
                        line: 0,
                    },
                    ::publisher_core::__private::Field {
                        name: "parts",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &::publisher_core::__private::Shape::Constrained {
                            shape: &<Vec<
                                u128,
                            > as ::publisher_core::__private::EventData<
                                ::publisher_core::__private::AsString,
                            >>::SHAPE,
                            constraints: &[
                                ::publisher_core::__private::Constraint::MinItems(1),
                            ],
                        },
                        flatten: false,
                        default: ::core::option::Option::None,
                        line: 0,
                    },
                    ::publisher_core::__private::Field {
                        name: "total",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<Decimal as ::publisher_core::__private::EventData<
                            ::publisher_core::__private::AsDecimalNumber<18, 2>,
                        >>::SHAPE,
                        flatten: false,
                        default: ::core::option::Option::None,
                        line: 0,
                    },
                    ::publisher_core::__private::Field {
                        name: "count",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<u64 as ::publisher_core::__private::EventData>::SHAPE,
                        flatten: false,
                        default: ::core::option::Option::Some(
                            ::publisher_core::__private::Literal::Integer(7),
                        ),
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
            <[u8; 32] as ::publisher_core::__private::EventData<
                ::publisher_core::__private::AsFixed<__Sha256>,
            >>::check(
                &self.document,
                &::publisher_core::__private::Path::Field(at, "document"),
                checker,
            );
            <Option<
                [u8; 32],
            > as ::publisher_core::__private::EventData<
                ::publisher_core::__private::AsFixed<__Sha256>,
            >>::check(
                &self.before,
                &::publisher_core::__private::Path::Field(at, "before"),
                checker,
            );
            <SystemTime as ::publisher_core::__private::EventData<
                ::publisher_core::__private::AsMicros,
            >>::check(
                &self.placed_at,
                &::publisher_core::__private::Path::Field(at, "placed_at"),
                checker,
            );
            {
                let at = &::publisher_core::__private::Path::Field(at, "parts");
                <Vec<
                    u128,
                > as ::publisher_core::__private::EventData<
                    ::publisher_core::__private::AsString,
                >>::check(&self.parts, at, checker);
                ::publisher_core::__private::min_items(&self.parts, 1, at, checker);
            }
            <Decimal as ::publisher_core::__private::EventData<
                ::publisher_core::__private::AsDecimalNumber<18, 2>,
            >>::check(
                &self.total,
                &::publisher_core::__private::Path::Field(at, "total"),
                checker,
            );
            <u64 as ::publisher_core::__private::EventData>::check(
                &self.count,
                &::publisher_core::__private::Path::Field(at, "count"),
                checker,
            );
        }
        #[inline]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            <[u8; 32] as ::publisher_core::__private::EventData<
                ::publisher_core::__private::AsFixed<__Sha256>,
            >>::encode_avro(&self.document, out);
            <Option<
                [u8; 32],
            > as ::publisher_core::__private::EventData<
                ::publisher_core::__private::AsFixed<__Sha256>,
            >>::encode_avro(&self.before, out);
            <SystemTime as ::publisher_core::__private::EventData<
                ::publisher_core::__private::AsMicros,
            >>::encode_avro(&self.placed_at, out);
            <Vec<
                u128,
            > as ::publisher_core::__private::EventData<
                ::publisher_core::__private::AsString,
            >>::encode_avro(&self.parts, out);
            <Decimal as ::publisher_core::__private::EventData<
                ::publisher_core::__private::AsDecimalNumber<18, 2>,
            >>::encode_avro(&self.total, out);
            <u64 as ::publisher_core::__private::EventData>::encode_avro_value_first(
                &self.count,
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
    impl ::publisher_core::__private::RecordData for OrderPlaced {
        const NAME: &'static str = "OrderPlaced";
        const NAMESPACE: ::core::option::Option<&'static str> = ::core::option::Option::Some(
            "com.acme",
        );
        #[inline]
        fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
            out.extend_from_slice(b"\"document\":");
            <[u8; 32] as ::publisher_core::__private::EventData<
                ::publisher_core::__private::AsFixed<__Sha256>,
            >>::encode_json(&self.document, out);
            out.extend_from_slice(b",\"before\":");
            <Option<
                [u8; 32],
            > as ::publisher_core::__private::EventData<
                ::publisher_core::__private::AsFixed<__Sha256>,
            >>::encode_json(&self.before, out);
            out.extend_from_slice(b",\"placed_at\":");
            <SystemTime as ::publisher_core::__private::EventData<
                ::publisher_core::__private::AsMicros,
            >>::encode_json(&self.placed_at, out);
            out.extend_from_slice(b",\"parts\":");
            <Vec<
                u128,
            > as ::publisher_core::__private::EventData<
                ::publisher_core::__private::AsString,
            >>::encode_json(&self.parts, out);
            out.extend_from_slice(b",\"total\":");
            <Decimal as ::publisher_core::__private::EventData<
                ::publisher_core::__private::AsDecimalNumber<18, 2>,
            >>::encode_json(&self.total, out);
            out.extend_from_slice(b",\"count\":");
            <u64 as ::publisher_core::__private::EventData>::encode_json(
                &self.count,
                out,
            );
        }
    }
    const _: () = ::publisher_core::__private::assert_default(
        &<u64 as ::publisher_core::__private::EventData>::SHAPE,
        ::publisher_core::__private::Literal::Integer(7),
    );
    const _: () = ::publisher_core::__private::assert_items(
        &<Vec<
            u128,
        > as ::publisher_core::__private::EventData<
            ::publisher_core::__private::AsString,
        >>::SHAPE,
    );
    const _: () = ::publisher_core::__private::assert_json_default(
        &<u64 as ::publisher_core::__private::EventData>::SHAPE,
        ::publisher_core::__private::Literal::Integer(7),
    );
    static TYPE: ::publisher_core::__private::EventType = ::publisher_core::__private::EventType::new(::publisher_core::__private::EventSpec {
        name: "com.acme.OrderPlaced",
        namespace: "com.acme",
        topic: "orders",
        version: 1,
        encoding: ::publisher_core::__private::Encoding::Json,
        model: ::publisher_core::__private::JsonModel::Closed,
        format_keyword: false,
        key: ::core::option::Option::Some(
            ::publisher_core::__private::KeyFormat::Avro(
                &<[u8; 32] as ::publisher_core::__private::EventData<
                    ::publisher_core::__private::AsFixed<__Sha256>,
                >>::SHAPE,
            ),
        ),
        shape: &<OrderPlaced as ::publisher_core::__private::EventData>::SHAPE,
    });
    #[automatically_derived]
    impl ::publisher_core::__private::Event for OrderPlaced {
        fn event_type(&self) -> &'static ::publisher_core::__private::EventType {
            &TYPE
        }
        fn key(&self, out: &mut ::std::vec::Vec<u8>) {
            ::publisher_core::__private::write_key::<Self>(&self.document, out);
        }
        fn write(
            &self,
            out: &mut ::std::vec::Vec<u8>,
        ) -> ::core::result::Result<(), ::publisher_core::__private::Violations> {
            ::publisher_core::__private::write_json(self, TYPE.name(), out)
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::EventTypes for OrderPlaced {
        type Key = [u8; 32];
        type KeyForm = ::publisher_core::__private::AvroKey<
            ::publisher_core::__private::AsFixed<__Sha256>,
        >;
        fn types() -> ::std::vec::Vec<&'static ::publisher_core::__private::EventType> {
            <[_]>::to_vec(&[&TYPE])
        }
    }
    #[allow(long_running_const_eval)]
    const _: () = ::publisher_core::__private::assert_one_definition_per_name_in_json(
        &<OrderPlaced as ::publisher_core::__private::EventData>::SHAPE,
        "com.acme",
    );
    const _: () = ::publisher_core::__private::assert_key(
        &<[u8; 32] as ::publisher_core::__private::EventData<
            ::publisher_core::__private::AsFixed<__Sha256>,
        >>::SHAPE,
    );
};
const _: () = {
    #[automatically_derived]
    impl ::publisher_core::__private::EventData for Account {
        const SHAPE: ::publisher_core::__private::Shape = <u64 as ::publisher_core::__private::EventData<
            ::publisher_core::__private::AsString,
        >>::SHAPE;
        const CHECKED: bool = <u64 as ::publisher_core::__private::EventData<
            ::publisher_core::__private::AsString,
        >>::CHECKED;
        #[inline(always)]
        fn check(
            &self,
            at: &::publisher_core::__private::Path<'_>,
            checker: &mut ::publisher_core::__private::Checker,
        ) {
            <u64 as ::publisher_core::__private::EventData<
                ::publisher_core::__private::AsString,
            >>::check(&self.0, at, checker);
        }
        #[inline(always)]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            <u64 as ::publisher_core::__private::EventData<
                ::publisher_core::__private::AsString,
            >>::encode_avro(&self.0, out);
        }
        #[inline(always)]
        fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
            <u64 as ::publisher_core::__private::EventData<
                ::publisher_core::__private::AsString,
            >>::encode_json(&self.0, out);
        }
        #[inline(always)]
        fn encode_avro_value_first(&self, out: &mut ::std::vec::Vec<u8>) {
            <u64 as ::publisher_core::__private::EventData<
                ::publisher_core::__private::AsString,
            >>::encode_avro_value_first(&self.0, out);
        }
        #[inline(always)]
        fn encode_avro_some(&self, out: &mut ::std::vec::Vec<u8>) {
            <u64 as ::publisher_core::__private::EventData<
                ::publisher_core::__private::AsString,
            >>::encode_avro_some(&self.0, out);
        }
    }
    #[automatically_derived]
    impl<__Form: ?::core::marker::Sized> ::publisher_core::__private::EventKey<__Form>
    for Account
    where
        for<'__derive> u64: ::publisher_core::__private::EventKey<__Form>,
    {
        fn write_key(&self, out: &mut ::std::vec::Vec<u8>) {
            <u64 as ::publisher_core::__private::EventKey<
                __Form,
            >>::write_key(&self.0, out);
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::EventTime for Account
    where
        for<'__derive> u64: ::publisher_core::__private::EventTime,
    {
        fn timestamp_ms(&self) -> ::core::option::Option<i64> {
            <u64 as ::publisher_core::__private::EventTime>::timestamp_ms(&self.0)
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::Textual for Account
    where
        for<'__derive> u64: ::publisher_core::__private::Textual,
    {
        fn text(&self) -> ::core::option::Option<&str> {
            <u64 as ::publisher_core::__private::Textual>::text(&self.0)
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::Countable for Account
    where
        for<'__derive> u64: ::publisher_core::__private::Countable,
    {
        fn count(&self) -> ::core::option::Option<usize> {
            <u64 as ::publisher_core::__private::Countable>::count(&self.0)
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::MapKey for Account
    where
        for<'__derive> u64: ::publisher_core::__private::MapKey,
    {
        fn as_text(&self) -> &str {
            <u64 as ::publisher_core::__private::MapKey>::as_text(&self.0)
        }
    }
};
