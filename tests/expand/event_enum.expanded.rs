const _: () = {
    #[allow(non_camel_case_types, non_snake_case)]
    struct __OrderEventCancelled<'__event, 'a> {
        order_id: &'__event OrderId<'a>,
        out: &'__event Option<&'a str>,
    }
    const _: () = {
        #[automatically_derived]
        impl<'__event, 'a> ::publisher_core::__private::EventData
        for __OrderEventCancelled<'__event, 'a> {
            const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Record(
                &::publisher_core::__private::Record {
                    name: "OrderCancelled",
                    namespace: ::core::option::Option::Some("com.acme.orders"),
                    doc: ::core::option::Option::Some(
                        "The customer thought better of it.",
                    ),
                    aliases: &[],
                    shared: false,
                    fields: &[
                        ::publisher_core::__private::Field {
                            name: "order_id",
                            doc: ::core::option::Option::None,
                            aliases: &[],
                            shape: &<OrderId<
                                'a,
                            > as ::publisher_core::__private::EventData>::SHAPE,
                            flatten: false,
                            default: ::core::option::Option::None,
                            line: 0,
                        },
                        ::publisher_core::__private::Field {
                            name: "out",
                            doc: ::core::option::Option::None,
                            aliases: &[],
                            shape: &::publisher_core::__private::Shape::Constrained {
                                shape: &<Option<
                                    &'a str,
                                > as ::publisher_core::__private::EventData>::SHAPE,
                                constraints: &[
                                    ::publisher_core::__private::Constraint::MaxLength(80),
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
                <OrderId<
                    'a,
                > as ::publisher_core::__private::EventData>::check(
                    self.order_id,
                    &::publisher_core::__private::Path::Field(at, "order_id"),
                    checker,
                );
                {
                    let at = &::publisher_core::__private::Path::Field(at, "out");
                    <Option<
                        &'a str,
                    > as ::publisher_core::__private::EventData>::check(
                        self.out,
                        at,
                        checker,
                    );
                    ::publisher_core::__private::max_length(self.out, 80, at, checker);
                }
            }
            #[inline]
            fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
                <OrderId<
                    'a,
                > as ::publisher_core::__private::EventData>::encode_avro(
                    self.order_id,
                    out,
                );
                <Option<
                    &'a str,
                > as ::publisher_core::__private::EventData>::encode_avro(self.out, out);
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
        for __OrderEventCancelled<'__event, 'a> {
            const NAME: &'static str = "OrderCancelled";
            const NAMESPACE: ::core::option::Option<&'static str> = ::core::option::Option::Some(
                "com.acme.orders",
            );
            #[inline]
            fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
                out.extend_from_slice(b"\"order_id\":");
                <OrderId<
                    'a,
                > as ::publisher_core::__private::EventData>::encode_json(
                    self.order_id,
                    out,
                );
                out.extend_from_slice(b",\"out\":");
                <Option<
                    &'a str,
                > as ::publisher_core::__private::EventData>::encode_json(self.out, out);
            }
        }
        static TYPE: ::publisher_core::__private::EventType = ::publisher_core::__private::EventType::new(::publisher_core::__private::EventSpec {
            name: "com.acme.orders.OrderCancelled",
            namespace: "com.acme.orders",
            topic: "cancellations",
            version: 3,
            encoding: ::publisher_core::__private::Encoding::Avro,
            model: ::publisher_core::__private::JsonModel::Closed,
            format_keyword: false,
            key: ::core::option::Option::Some(
                ::publisher_core::__private::KeyFormat::Text,
            ),
            shape: &<__OrderEventCancelled<
                'static,
                'static,
            > as ::publisher_core::__private::EventData>::SHAPE,
        });
        #[automatically_derived]
        impl<'__event, 'a> ::publisher_core::__private::Event
        for __OrderEventCancelled<'__event, 'a> {
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
        impl<'__event, 'a> ::publisher_core::__private::EventTypes
        for __OrderEventCancelled<'__event, 'a> {
            type Key = OrderId<'a>;
            type KeyForm = ::publisher_core::__private::TextKey;
            fn types() -> ::std::vec::Vec<
                &'static ::publisher_core::__private::EventType,
            > {
                <[_]>::to_vec(&[&TYPE])
            }
        }
        #[allow(long_running_const_eval)]
        const _: () = ::publisher_core::__private::assert_one_definition_per_name(
            &<__OrderEventCancelled<
                'static,
                'static,
            > as ::publisher_core::__private::EventData>::SHAPE,
            "com.acme.orders",
        );
    };
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::Event for OrderEvent<'a> {
        fn event_type(&self) -> &'static ::publisher_core::__private::EventType {
            match self {
                Self::Placed(event) => {
                    <OrderPlaced<
                        'a,
                    > as ::publisher_core::__private::Event>::event_type(event)
                }
                Self::Cancelled { order_id, out, .. } => {
                    ::publisher_core::__private::Event::event_type(
                        &__OrderEventCancelled {
                            order_id,
                            out,
                        },
                    )
                }
            }
        }
        fn key(&self, out: &mut ::std::vec::Vec<u8>) {
            match self {
                Self::Placed(event) => {
                    <OrderPlaced<
                        'a,
                    > as ::publisher_core::__private::Event>::key(event, out)
                }
                Self::Cancelled { order_id, out, .. } => {
                    ::publisher_core::__private::Event::key(
                        &__OrderEventCancelled {
                            order_id,
                            out,
                        },
                        out,
                    )
                }
            }
        }
        fn timestamp_ms(&self) -> ::core::option::Option<i64> {
            match self {
                Self::Placed(event) => {
                    <OrderPlaced<
                        'a,
                    > as ::publisher_core::__private::Event>::timestamp_ms(event)
                }
                Self::Cancelled { order_id, out, .. } => {
                    ::publisher_core::__private::Event::timestamp_ms(
                        &__OrderEventCancelled {
                            order_id,
                            out,
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
                Self::Placed(event) => {
                    <OrderPlaced<
                        'a,
                    > as ::publisher_core::__private::Event>::write(event, out)
                }
                Self::Cancelled { order_id, out, .. } => {
                    ::publisher_core::__private::Event::write(
                        &__OrderEventCancelled {
                            order_id,
                            out,
                        },
                        out,
                    )
                }
            }
        }
    }
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::EventTypes for OrderEvent<'a> {
        type Key = <OrderPlaced<'a> as ::publisher_core::__private::EventTypes>::Key;
        type KeyForm = <OrderPlaced<
            'a,
        > as ::publisher_core::__private::EventTypes>::KeyForm;
        fn types() -> ::std::vec::Vec<&'static ::publisher_core::__private::EventType> {
            <[_]>::concat(
                &[
                    <OrderPlaced<
                        'a,
                    > as ::publisher_core::__private::EventTypes>::types(),
                    <__OrderEventCancelled<
                        'static,
                        'static,
                    > as ::publisher_core::__private::EventTypes>::types(),
                ],
            )
        }
    }
    const _: () = ::publisher_core::__private::assert_same_key::<
        <OrderPlaced<'static> as ::publisher_core::__private::EventTypes>::Key,
        <OrderPlaced<'static> as ::publisher_core::__private::EventTypes>::KeyForm,
        OrderId<'static>,
        ::publisher_core::__private::TextKey,
    >();
};
