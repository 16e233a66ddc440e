::core::compile_error! {
    "unknown attribute `topc`, did you mean `topic`?\nhelp: a struct that derives `Event` takes `topic`, `namespace`, `name`, `schema`, `version`, `encoding`, `model`, `json_formats`, `key`, `unkeyed`, `rename_all`, `crate`, `alias`"
}
::core::compile_error! {
    "`OrderPlaced` has no namespace\nhelp: say whose name it is, as a Java package does: `#[event(namespace = \"com.acme.orders\")]`"
}
const _: () = {
    #[automatically_derived]
    impl ::publisher_core::__private::EventData for OrderPlaced {
        const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Record(
            &::publisher_core::__private::Record {
                name: "OrderPlaced",
                namespace: ::core::option::Option::None,
                doc: ::core::option::Option::None,
                aliases: &[],
                shared: false,
                fields: &[],
                source: "",
            },
        );
        fn encode_avro(&self, _: &mut ::std::vec::Vec<u8>) {}
        fn encode_json(&self, _: &mut ::std::vec::Vec<u8>) {}
    }
    #[automatically_derived]
    impl ::publisher_core::__private::RecordData for OrderPlaced {
        const NAME: &'static str = "";
        const NAMESPACE: ::core::option::Option<&'static str> = ::core::option::Option::None;
        fn encode_json_members(&self, _: &mut ::std::vec::Vec<u8>) {}
    }
    #[automatically_derived]
    impl ::publisher_core::__private::Event for OrderPlaced {
        fn event_type(&self) -> &'static ::publisher_core::__private::EventType {
            loop {}
        }
        fn key(&self, _: &mut ::std::vec::Vec<u8>) {}
        fn write(
            &self,
            _: &mut ::std::vec::Vec<u8>,
        ) -> ::core::result::Result<(), ::publisher_core::__private::Violations> {
            ::core::result::Result::Ok(())
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::EventTypes for OrderPlaced {
        type Key = String;
        type KeyForm = ::publisher_core::__private::TextKey;
        fn types() -> ::std::vec::Vec<&'static ::publisher_core::__private::EventType> {
            ::std::vec::Vec::new()
        }
    }
};
::core::compile_error! {
    "`u64` cannot be published: no reader has an unsigned 64-bit integer\nhelp: use `i64`, or `u32`, or a `String` of digits"
}
const _: () = {
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::EventData for Number<'a> {
        const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Boolean;
        fn encode_avro(&self, _: &mut ::std::vec::Vec<u8>) {}
        fn encode_json(&self, _: &mut ::std::vec::Vec<u8>) {}
    }
    #[automatically_derived]
    impl<
        'a,
        __Form: ?::core::marker::Sized,
    > ::publisher_core::__private::EventKey<__Form> for Number<'a> {
        fn write_key(&self, _: &mut ::std::vec::Vec<u8>) {}
    }
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::EventTime for Number<'a> {
        fn timestamp_ms(&self) -> ::core::option::Option<i64> {
            ::core::option::Option::None
        }
    }
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::Numeric for Number<'a> {
        fn satisfies(
            &self,
            _: &::publisher_core::__private::Bound,
            _: fn(::core::cmp::Ordering) -> bool,
        ) -> bool {
            true
        }
    }
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::Textual for Number<'a> {
        fn text(&self) -> ::core::option::Option<&str> {
            ::core::option::Option::None
        }
    }
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::Countable for Number<'a> {
        fn count(&self) -> ::core::option::Option<usize> {
            ::core::option::Option::None
        }
    }
};
