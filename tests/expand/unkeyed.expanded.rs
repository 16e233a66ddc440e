const _: () = {
    #[automatically_derived]
    impl facade::events::__private::EventData for Heartbeat {
        const SHAPE: facade::events::__private::Shape = facade::events::__private::Shape::Record(
            &facade::events::__private::Record {
                name: "Heartbeat",
                namespace: ::core::option::Option::Some("com.acme"),
                doc: ::core::option::Option::None,
                aliases: &[],
                shared: false,
                fields: &[
                    facade::events::__private::Field {
                        name: "at",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<i64 as facade::events::__private::EventData>::SHAPE,
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
            at: &facade::events::__private::Path<'_>,
            checker: &mut facade::events::__private::Checker,
        ) {
            <i64 as facade::events::__private::EventData>::check(
                &self.at,
                &facade::events::__private::Path::Field(at, "at"),
                checker,
            );
        }
        #[inline]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            <i64 as facade::events::__private::EventData>::encode_avro(&self.at, out);
        }
        #[inline]
        fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
            out.push(b'{');
            facade::events::__private::RecordData::encode_json_members(self, out);
            out.push(b'}');
        }
    }
    #[automatically_derived]
    impl facade::events::__private::RecordData for Heartbeat {
        const NAME: &'static str = "Heartbeat";
        const NAMESPACE: ::core::option::Option<&'static str> = ::core::option::Option::Some(
            "com.acme",
        );
        #[inline]
        fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
            out.extend_from_slice(b"\"at\":");
            <i64 as facade::events::__private::EventData>::encode_json(&self.at, out);
        }
    }
    static TYPE: facade::events::__private::EventType = facade::events::__private::EventType::new(facade::events::__private::EventSpec {
        name: "com.acme.Heartbeat",
        namespace: "com.acme",
        topic: "heartbeats",
        version: 1,
        encoding: facade::events::__private::Encoding::Avro,
        model: facade::events::__private::JsonModel::Closed,
        format_keyword: false,
        key: ::core::option::Option::None,
        shape: &<Heartbeat as facade::events::__private::EventData>::SHAPE,
    });
    #[automatically_derived]
    impl facade::events::__private::Event for Heartbeat {
        fn event_type(&self) -> &'static facade::events::__private::EventType {
            &TYPE
        }
        fn key(&self, _: &mut ::std::vec::Vec<u8>) {}
        fn write(
            &self,
            out: &mut ::std::vec::Vec<u8>,
        ) -> ::core::result::Result<(), facade::events::__private::Violations> {
            facade::events::__private::write_avro(self, TYPE.name(), out)
        }
    }
    #[automatically_derived]
    impl facade::events::__private::EventTypes for Heartbeat {
        type Key = facade::events::__private::Unkeyed;
        type KeyForm = facade::events::__private::TextKey;
        fn types() -> ::std::vec::Vec<&'static facade::events::__private::EventType> {
            <[_]>::to_vec(&[&TYPE])
        }
    }
    #[allow(long_running_const_eval)]
    const _: () = facade::events::__private::assert_one_definition_per_name(
        &<Heartbeat as facade::events::__private::EventData>::SHAPE,
        "com.acme",
    );
};
