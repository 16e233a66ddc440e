const _: () = {
    #[automatically_derived]
    impl ::publisher_core::__private::EventData for OrderPlaced {
        const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Record(
            &::publisher_core::__private::Record {
                name: "OrderPlaced",
                namespace: ::core::option::Option::Some("com.acme.orders"),
                doc: ::core::option::Option::None,
                aliases: &[],
                shared: false,
                fields: &[
                    ::publisher_core::__private::Field {
                        name: "order_id",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<i64 as ::publisher_core::__private::EventData>::SHAPE,
                        flatten: false,
                        default: ::core::option::Option::None,
                        line: 0,
                    },
                    ::publisher_core::__private::Field {
                        name: "tenant",
                        doc: ::core::option::Option::None,
                        aliases: &[],
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
            <i64 as ::publisher_core::__private::EventData>::check(
                &self.order_id,
                &::publisher_core::__private::Path::Field(at, "order_id"),
                checker,
            );
            <String as ::publisher_core::__private::EventData>::check(
                &self.tenant,
                &::publisher_core::__private::Path::Field(at, "tenant"),
                checker,
            );
        }
        #[inline]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            <i64 as ::publisher_core::__private::EventData>::encode_avro(
                &self.order_id,
                out,
            );
            <String as ::publisher_core::__private::EventData>::encode_avro(
                &self.tenant,
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
            "com.acme.orders",
        );
        #[inline]
        fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
            out.extend_from_slice(b"\"order_id\":");
            <i64 as ::publisher_core::__private::EventData>::encode_json(
                &self.order_id,
                out,
            );
            out.extend_from_slice(b",\"tenant\":");
            <String as ::publisher_core::__private::EventData>::encode_json(
                &self.tenant,
                out,
            );
        }
    }
    static TYPE: ::publisher_core::__private::EventType = ::publisher_core::__private::EventType::new(::publisher_core::__private::EventSpec {
        name: "com.acme.orders.OrderPlaced",
        namespace: "com.acme.orders",
        topic: "orders",
        version: 1,
        encoding: ::publisher_core::__private::Encoding::Avro,
        model: ::publisher_core::__private::JsonModel::Closed,
        format_keyword: false,
        key: ::core::option::Option::Some(::publisher_core::__private::KeyFormat::Text),
        shape: &<OrderPlaced as ::publisher_core::__private::EventData>::SHAPE,
    });
    #[automatically_derived]
    impl ::publisher_core::__private::Event for OrderPlaced {
        fn event_type(&self) -> &'static ::publisher_core::__private::EventType {
            &TYPE
        }
        fn key(&self, out: &mut ::std::vec::Vec<u8>) {
            ::publisher_core::__private::EventKey::<
                ::publisher_core::__private::TextKey,
            >::write_key(&(&self.tenant, &self.order_id), out);
        }
        fn write(
            &self,
            out: &mut ::std::vec::Vec<u8>,
        ) -> ::core::result::Result<(), ::publisher_core::__private::Violations> {
            ::publisher_core::__private::write_avro(self, TYPE.name(), out)
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::EventTypes for OrderPlaced {
        type Key = (String, i64);
        type KeyForm = ::publisher_core::__private::TextKey;
        fn types() -> ::std::vec::Vec<&'static ::publisher_core::__private::EventType> {
            <[_]>::to_vec(&[&TYPE])
        }
    }
    #[allow(long_running_const_eval)]
    const _: () = ::publisher_core::__private::assert_one_definition_per_name(
        &<OrderPlaced as ::publisher_core::__private::EventData>::SHAPE,
        "com.acme.orders",
    );
};
