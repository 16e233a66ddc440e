const _: () = {
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::EventData for Line<'a> {
        const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Record(
            &::publisher_core::__private::Record {
                name: "Line",
                namespace: ::core::option::Option::None,
                doc: ::core::option::Option::None,
                aliases: &[],
                shared: false,
                fields: &[
                    ::publisher_core::__private::Field {
                        name: "product",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<&'a Product<
                            'a,
                        > as ::publisher_core::__private::EventData>::SHAPE,
                        flatten: true,
                        default: ::core::option::Option::None,
                        line: 0,
                    },
                    ::publisher_core::__private::Field {
                        name: "audit",
                        doc: ::core::option::Option::Some(
                            "Says nothing: the field has no place of its own.",
                        ),
                        aliases: &[],
                        shape: &<Audit as ::publisher_core::__private::EventData>::SHAPE,
                        flatten: true,
                        default: ::core::option::Option::None,
                        line: 0,
                    },
                    ::publisher_core::__private::Field {
                        name: "quantity",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<u32 as ::publisher_core::__private::EventData>::SHAPE,
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
            <&'a Product<
                'a,
            > as ::publisher_core::__private::EventData>::check(
                &self.product,
                at,
                checker,
            );
            <Audit as ::publisher_core::__private::EventData>::check(
                &self.audit,
                at,
                checker,
            );
            <u32 as ::publisher_core::__private::EventData>::check(
                &self.quantity,
                &::publisher_core::__private::Path::Field(at, "quantity"),
                checker,
            );
        }
        #[inline]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            <&'a Product<
                'a,
            > as ::publisher_core::__private::EventData>::encode_avro(
                &self.product,
                out,
            );
            <Audit as ::publisher_core::__private::EventData>::encode_avro(
                &self.audit,
                out,
            );
            <u32 as ::publisher_core::__private::EventData>::encode_avro(
                &self.quantity,
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
    impl<'a> ::publisher_core::__private::RecordData for Line<'a> {
        const NAME: &'static str = "Line";
        const NAMESPACE: ::core::option::Option<&'static str> = ::core::option::Option::None;
        #[inline]
        fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
            <&'a Product<
                'a,
            > as ::publisher_core::__private::RecordData>::encode_json_members(
                &self.product,
                out,
            );
            out.push(b',');
            <Audit as ::publisher_core::__private::RecordData>::encode_json_members(
                &self.audit,
                out,
            );
            out.extend_from_slice(b",\"quantity\":");
            <u32 as ::publisher_core::__private::EventData>::encode_json(
                &self.quantity,
                out,
            );
        }
    }
    const _: () = ::publisher_core::__private::assert_distinct_fields(
        &<Line<'static> as ::publisher_core::__private::EventData>::SHAPE,
        0,
    );
    const _: () = ::publisher_core::__private::assert_distinct_fields(
        &<Line<'static> as ::publisher_core::__private::EventData>::SHAPE,
        1,
    );
};
const _: () = {
    #[allow(non_camel_case_types, non_snake_case)]
    struct __OrderEventPlaced<'__event> {
        order_id: &'__event OrderId,
        audit: &'__event Audit,
    }
    const _: () = {
        #[automatically_derived]
        impl<'__event> ::publisher_core::__private::EventData
        for __OrderEventPlaced<'__event> {
            const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Record(
                &::publisher_core::__private::Record {
                    name: "OrderEventPlaced",
                    namespace: ::core::option::Option::Some("com.acme.orders"),
                    doc: ::core::option::Option::None,
                    aliases: &[],
                    shared: false,
                    fields: &[
                        ::publisher_core::__private::Field {
                            name: "order_id",
                            doc: ::core::option::Option::None,
                            aliases: &[],
                            shape: &<OrderId as ::publisher_core::__private::EventData>::SHAPE,
                            flatten: false,
                            default: ::core::option::Option::None,
                            line: 0,
                        },
                        ::publisher_core::__private::Field {
                            name: "audit",
                            doc: ::core::option::Option::None,
                            aliases: &[],
                            shape: &<Audit as ::publisher_core::__private::EventData>::SHAPE,
                            flatten: true,
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
                <OrderId as ::publisher_core::__private::EventData>::check(
                    self.order_id,
                    &::publisher_core::__private::Path::Field(at, "order_id"),
                    checker,
                );
                <Audit as ::publisher_core::__private::EventData>::check(
                    self.audit,
                    at,
                    checker,
                );
            }
            #[inline]
            fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
                <OrderId as ::publisher_core::__private::EventData>::encode_avro(
                    self.order_id,
                    out,
                );
                <Audit as ::publisher_core::__private::EventData>::encode_avro(
                    self.audit,
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
        impl<'__event> ::publisher_core::__private::RecordData
        for __OrderEventPlaced<'__event> {
            const NAME: &'static str = "OrderEventPlaced";
            const NAMESPACE: ::core::option::Option<&'static str> = ::core::option::Option::Some(
                "com.acme.orders",
            );
            #[inline]
            fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
                out.extend_from_slice(b"\"order_id\":");
                <OrderId as ::publisher_core::__private::EventData>::encode_json(
                    self.order_id,
                    out,
                );
                out.push(b',');
                <Audit as ::publisher_core::__private::RecordData>::encode_json_members(
                    self.audit,
                    out,
                );
            }
        }
        const _: () = ::publisher_core::__private::assert_distinct_fields(
            &<__OrderEventPlaced<
                'static,
            > as ::publisher_core::__private::EventData>::SHAPE,
            1,
        );
        static TYPE: ::publisher_core::__private::EventType = ::publisher_core::__private::EventType::new(::publisher_core::__private::EventSpec {
            name: "com.acme.orders.OrderEventPlaced",
            namespace: "com.acme.orders",
            topic: "orders",
            version: 1,
            encoding: ::publisher_core::__private::Encoding::Avro,
            model: ::publisher_core::__private::JsonModel::Closed,
            format_keyword: false,
            key: ::core::option::Option::Some(
                ::publisher_core::__private::KeyFormat::Text,
            ),
            shape: &<__OrderEventPlaced<
                'static,
            > as ::publisher_core::__private::EventData>::SHAPE,
        });
        #[automatically_derived]
        impl<'__event> ::publisher_core::__private::Event
        for __OrderEventPlaced<'__event> {
            fn event_type(&self) -> &'static ::publisher_core::__private::EventType {
                &TYPE
            }
            fn key(&self, out: &mut ::std::vec::Vec<u8>) {
                ::publisher_core::__private::write_key::<Self>(self.order_id, out);
            }
            fn write(
                &self,
                out: &mut ::std::vec::Vec<u8>,
            ) -> ::core::result::Result<(), ::publisher_core::__private::Violations> {
                ::publisher_core::__private::write_avro(self, TYPE.name(), out)
            }
        }
        #[automatically_derived]
        impl<'__event> ::publisher_core::__private::EventTypes
        for __OrderEventPlaced<'__event> {
            type Key = OrderId;
            type KeyForm = ::publisher_core::__private::TextKey;
            fn types() -> ::std::vec::Vec<
                &'static ::publisher_core::__private::EventType,
            > {
                <[_]>::to_vec(&[&TYPE])
            }
        }
        #[allow(long_running_const_eval)]
        const _: () = ::publisher_core::__private::assert_one_definition_per_name(
            &<__OrderEventPlaced<
                'static,
            > as ::publisher_core::__private::EventData>::SHAPE,
            "com.acme.orders",
        );
    };
    #[automatically_derived]
    impl ::publisher_core::__private::Event for OrderEvent {
        fn event_type(&self) -> &'static ::publisher_core::__private::EventType {
            match self {
                Self::Placed { order_id, audit } => {
                    ::publisher_core::__private::Event::event_type(
                        &__OrderEventPlaced {
                            order_id,
                            audit,
                        },
                    )
                }
            }
        }
        fn key(&self, out: &mut ::std::vec::Vec<u8>) {
            match self {
                Self::Placed { order_id, audit } => {
                    ::publisher_core::__private::Event::key(
                        &__OrderEventPlaced {
                            order_id,
                            audit,
                        },
                        out,
                    )
                }
            }
        }
        fn timestamp_ms(&self) -> ::core::option::Option<i64> {
            match self {
                Self::Placed { order_id, audit } => {
                    ::publisher_core::__private::Event::timestamp_ms(
                        &__OrderEventPlaced {
                            order_id,
                            audit,
                        },
                    )
                }
            }
        }
        fn write(
            &self,
            out: &mut ::std::vec::Vec<u8>,
        ) -> ::core::result::Result<(), ::publisher_core::__private::Violations> {
            match self {
                Self::Placed { order_id, audit } => {
                    ::publisher_core::__private::Event::write(
                        &__OrderEventPlaced {
                            order_id,
                            audit,
                        },
                        out,
                    )
                }
            }
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::EventTypes for OrderEvent {
        type Key = OrderId;
        type KeyForm = ::publisher_core::__private::TextKey;
        fn types() -> ::std::vec::Vec<&'static ::publisher_core::__private::EventType> {
            <[_]>::concat(
                &[
                    <__OrderEventPlaced<
                        'static,
                    > as ::publisher_core::__private::EventTypes>::types(),
                ],
            )
        }
    }
};
