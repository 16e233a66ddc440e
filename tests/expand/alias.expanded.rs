const _: () = {
    #[automatically_derived]
    impl ::publisher_core::__private::EventData for LineItem {
        const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Record(
            &::publisher_core::__private::Record {
                name: "Line",
                namespace: ::core::option::Option::None,
                doc: ::core::option::Option::None,
                aliases: &["LineItem", "com.acme.old.Item"],
                shared: false,
                fields: &[
                    ::publisher_core::__private::Field {
                        name: "sku",
                        doc: ::core::option::Option::None,
                        aliases: &["product", "article"],
                        shape: &<String as ::publisher_core::__private::EventData>::SHAPE,
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
            <String as ::publisher_core::__private::EventData>::check(
                &self.product_id,
                &::publisher_core::__private::Path::Field(at, "sku"),
                checker,
            );
        }
        #[inline]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            <String as ::publisher_core::__private::EventData>::encode_avro(
                &self.product_id,
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
    impl ::publisher_core::__private::RecordData for LineItem {
        const NAME: &'static str = "Line";
        const NAMESPACE: ::core::option::Option<&'static str> = ::core::option::Option::None;
        #[inline]
        fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
            out.extend_from_slice(b"\"sku\":");
            <String as ::publisher_core::__private::EventData>::encode_json(
                &self.product_id,
                out,
            );
        }
    }
};
const _: () = {
    #[automatically_derived]
    impl ::publisher_core::__private::EventData for Status {
        const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Enum(
            &::publisher_core::__private::Enum {
                name: "Status",
                namespace: ::core::option::Option::None,
                doc: ::core::option::Option::None,
                aliases: &["State"],
                shared: false,
                symbols: &["New"],
                default: ::core::option::Option::None,
            },
        );
        const CHECKED: bool = false;
        #[inline]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            let number = match self {
                Self::New => 0,
            };
            ::publisher_core::__private::avro::long(number, out);
        }
        #[inline]
        fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
            let text = match self {
                Self::New => "\"New\"",
            };
            out.extend_from_slice(text.as_bytes());
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::EventData<::publisher_core::__private::AsString>
    for Status {
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
    impl ::publisher_core::__private::MapKey for Status {
        #[inline]
        fn as_text(&self) -> &str {
            match self {
                Self::New => "New",
            }
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::EventKey for Status {
        fn write_key(&self, out: &mut ::std::vec::Vec<u8>) {
            out.extend_from_slice(
                ::publisher_core::__private::MapKey::as_text(self).as_bytes(),
            );
        }
    }
};
const _: () = {
    #[allow(non_camel_case_types, non_snake_case)]
    struct __OrderEventCancelled<'__event> {
        reason: &'__event String,
    }
    const _: () = {
        #[automatically_derived]
        impl<'__event> ::publisher_core::__private::EventData
        for __OrderEventCancelled<'__event> {
            const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Record(
                &::publisher_core::__private::Record {
                    name: "OrderEventCancelled",
                    namespace: ::core::option::Option::Some("com.acme.orders"),
                    doc: ::core::option::Option::None,
                    aliases: &["OrderDropped"],
                    shared: false,
                    fields: &[
                        ::publisher_core::__private::Field {
                            name: "reason",
                            doc: ::core::option::Option::None,
                            aliases: &["why"],
                            shape: &<String as ::publisher_core::__private::EventData>::SHAPE,
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
                <String as ::publisher_core::__private::EventData>::check(
                    self.reason,
                    &::publisher_core::__private::Path::Field(at, "reason"),
                    checker,
                );
            }
            #[inline]
            fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
                <String as ::publisher_core::__private::EventData>::encode_avro(
                    self.reason,
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
        for __OrderEventCancelled<'__event> {
            const NAME: &'static str = "OrderEventCancelled";
            const NAMESPACE: ::core::option::Option<&'static str> = ::core::option::Option::Some(
                "com.acme.orders",
            );
            #[inline]
            fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
                out.extend_from_slice(b"\"reason\":");
                <String as ::publisher_core::__private::EventData>::encode_json(
                    self.reason,
                    out,
                );
            }
        }
        static TYPE: ::publisher_core::__private::EventType = ::publisher_core::__private::EventType::new(::publisher_core::__private::EventSpec {
            name: "com.acme.orders.OrderEventCancelled",
            namespace: "com.acme.orders",
            topic: "orders",
            version: 1,
            encoding: ::publisher_core::__private::Encoding::Avro,
            model: ::publisher_core::__private::JsonModel::Closed,
            format_keyword: false,
            key: ::core::option::Option::None,
            shape: &<__OrderEventCancelled<
                'static,
            > as ::publisher_core::__private::EventData>::SHAPE,
        });
        #[automatically_derived]
        impl<'__event> ::publisher_core::__private::Event
        for __OrderEventCancelled<'__event> {
            fn event_type(&self) -> &'static ::publisher_core::__private::EventType {
                &TYPE
            }
            fn key(&self, _: &mut ::std::vec::Vec<u8>) {}
            fn write(
                &self,
                out: &mut ::std::vec::Vec<u8>,
            ) -> ::core::result::Result<(), ::publisher_core::__private::Violations> {
                ::publisher_core::__private::write_avro(self, TYPE.name(), out)
            }
        }
        #[automatically_derived]
        impl<'__event> ::publisher_core::__private::EventTypes
        for __OrderEventCancelled<'__event> {
            type Key = ::publisher_core::__private::Unkeyed;
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
            > as ::publisher_core::__private::EventData>::SHAPE,
            "com.acme.orders",
        );
    };
    #[automatically_derived]
    impl ::publisher_core::__private::Event for OrderEvent {
        fn event_type(&self) -> &'static ::publisher_core::__private::EventType {
            match self {
                Self::Cancelled { reason } => {
                    ::publisher_core::__private::Event::event_type(
                        &__OrderEventCancelled { reason },
                    )
                }
            }
        }
        fn key(&self, out: &mut ::std::vec::Vec<u8>) {
            match self {
                Self::Cancelled { reason } => {
                    ::publisher_core::__private::Event::key(
                        &__OrderEventCancelled { reason },
                        out,
                    )
                }
            }
        }
        fn timestamp_ms(&self) -> ::core::option::Option<i64> {
            match self {
                Self::Cancelled { reason } => {
                    ::publisher_core::__private::Event::timestamp_ms(
                        &__OrderEventCancelled { reason },
                    )
                }
            }
        }
        fn write(
            &self,
            out: &mut ::std::vec::Vec<u8>,
        ) -> ::core::result::Result<(), ::publisher_core::__private::Violations> {
            match self {
                Self::Cancelled { reason } => {
                    ::publisher_core::__private::Event::write(
                        &__OrderEventCancelled { reason },
                        out,
                    )
                }
            }
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::EventTypes for OrderEvent {
        type Key = ::publisher_core::__private::Unkeyed;
        type KeyForm = ::publisher_core::__private::TextKey;
        fn types() -> ::std::vec::Vec<&'static ::publisher_core::__private::EventType> {
            <[_]>::concat(
                &[
                    <__OrderEventCancelled<
                        'static,
                    > as ::publisher_core::__private::EventTypes>::types(),
                ],
            )
        }
    }
};
