const _: () = {
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::EventData for OrderPlaced<'a> {
        const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Record(
            &::publisher_core::__private::Record {
                name: "OrderPlaced",
                namespace: ::core::option::Option::Some("com.acme.orders"),
                doc: ::core::option::Option::Some("A customer placed an order."),
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
                        name: "placed_at",
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
                        name: "lines",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<&'a [LineItem<
                            'a,
                        >] as ::publisher_core::__private::EventData>::SHAPE,
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
                &self.order_id,
                &::publisher_core::__private::Path::Field(at, "order_id"),
                checker,
            );
            <DateTime<
                Utc,
            > as ::publisher_core::__private::EventData>::check(
                &self.placed_at,
                &::publisher_core::__private::Path::Field(at, "placed_at"),
                checker,
            );
            <&'a [LineItem<
                'a,
            >] as ::publisher_core::__private::EventData>::check(
                &self.lines,
                &::publisher_core::__private::Path::Field(at, "lines"),
                checker,
            );
        }
        #[inline]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            <OrderId<
                'a,
            > as ::publisher_core::__private::EventData>::encode_avro(
                &self.order_id,
                out,
            );
            <DateTime<
                Utc,
            > as ::publisher_core::__private::EventData>::encode_avro(
                &self.placed_at,
                out,
            );
            <&'a [LineItem<
                'a,
            >] as ::publisher_core::__private::EventData>::encode_avro(&self.lines, out);
        }
        #[inline]
        fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
            out.push(b'{');
            ::publisher_core::__private::RecordData::encode_json_members(self, out);
            out.push(b'}');
        }
    }
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::RecordData for OrderPlaced<'a> {
        const NAME: &'static str = "OrderPlaced";
        const NAMESPACE: ::core::option::Option<&'static str> = ::core::option::Option::Some(
            "com.acme.orders",
        );
        #[inline]
        fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
            out.extend_from_slice(b"\"order_id\":");
            <OrderId<
                'a,
            > as ::publisher_core::__private::EventData>::encode_json(
                &self.order_id,
                out,
            );
            out.extend_from_slice(b",\"placed_at\":");
            <DateTime<
                Utc,
            > as ::publisher_core::__private::EventData>::encode_json(
                &self.placed_at,
                out,
            );
            out.extend_from_slice(b",\"lines\":");
            <&'a [LineItem<
                'a,
            >] as ::publisher_core::__private::EventData>::encode_json(&self.lines, out);
        }
    }
    static TYPE: ::publisher_core::__private::EventType = ::publisher_core::__private::EventType::new(::publisher_core::__private::EventSpec {
        name: "com.acme.orders.OrderPlaced",
        namespace: "com.acme.orders",
        topic: "orders",
        version: 2,
        encoding: ::publisher_core::__private::Encoding::Json,
        model: ::publisher_core::__private::JsonModel::Open,
        format_keyword: true,
        key: ::core::option::Option::Some(::publisher_core::__private::KeyFormat::Text),
        shape: &<OrderPlaced<'static> as ::publisher_core::__private::EventData>::SHAPE,
    });
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::Event for OrderPlaced<'a> {
        fn event_type(&self) -> &'static ::publisher_core::__private::EventType {
            &TYPE
        }
        fn key(&self, out: &mut ::std::vec::Vec<u8>) {
            ::publisher_core::__private::write_key::<Self>(&self.order_id, out);
        }
        fn timestamp_ms(&self) -> ::core::option::Option<i64> {
            ::publisher_core::__private::EventTime::timestamp_ms(&self.placed_at)
        }
        fn write(
            &self,
            out: &mut ::std::vec::Vec<u8>,
        ) -> ::core::result::Result<(), ::publisher_core::__private::Violations> {
            ::publisher_core::__private::write_json(self, TYPE.name(), out)
        }
    }
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::EventTypes for OrderPlaced<'a> {
        type Key = OrderId<'a>;
        type KeyForm = ::publisher_core::__private::TextKey;
        fn types() -> ::std::vec::Vec<&'static ::publisher_core::__private::EventType> {
            <[_]>::to_vec(&[&TYPE])
        }
    }
    #[allow(long_running_const_eval)]
    const _: () = ::publisher_core::__private::assert_one_definition_per_name_in_json(
        &<OrderPlaced<'static> as ::publisher_core::__private::EventData>::SHAPE,
        "com.acme.orders",
    );
};
