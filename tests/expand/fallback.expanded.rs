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
const _: () = {
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::EventData for Number<'a> {
        const SHAPE: ::publisher_core::__private::Shape = <&'a u64 as ::publisher_core::__private::EventData>::SHAPE;
        const CHECKED: bool = <&'a u64 as ::publisher_core::__private::EventData>::CHECKED;
        #[inline(always)]
        fn check(
            &self,
            at: &::publisher_core::__private::Path<'_>,
            checker: &mut ::publisher_core::__private::Checker,
        ) {
            <&'a u64 as ::publisher_core::__private::EventData>::check(
                &self.0,
                at,
                checker,
            );
        }
        #[inline(always)]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            <&'a u64 as ::publisher_core::__private::EventData>::encode_avro(
                &self.0,
                out,
            );
        }
        #[inline(always)]
        fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
            <&'a u64 as ::publisher_core::__private::EventData>::encode_json(
                &self.0,
                out,
            );
        }
        #[inline(always)]
        fn encode_avro_value_first(&self, out: &mut ::std::vec::Vec<u8>) {
            <&'a u64 as ::publisher_core::__private::EventData>::encode_avro_value_first(
                &self.0,
                out,
            );
        }
        #[inline(always)]
        fn encode_avro_some(&self, out: &mut ::std::vec::Vec<u8>) {
            <&'a u64 as ::publisher_core::__private::EventData>::encode_avro_some(
                &self.0,
                out,
            );
        }
    }
    #[automatically_derived]
    impl<
        'a,
        __Form: ?::core::marker::Sized,
    > ::publisher_core::__private::EventKey<__Form> for Number<'a>
    where
        for<'__derive> &'a u64: ::publisher_core::__private::EventKey<__Form>,
    {
        fn write_key(&self, out: &mut ::std::vec::Vec<u8>) {
            <&'a u64 as ::publisher_core::__private::EventKey<
                __Form,
            >>::write_key(&self.0, out);
        }
    }
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::EventTime for Number<'a>
    where
        for<'__derive> &'a u64: ::publisher_core::__private::EventTime,
    {
        fn timestamp_ms(&self) -> ::core::option::Option<i64> {
            <&'a u64 as ::publisher_core::__private::EventTime>::timestamp_ms(&self.0)
        }
    }
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::Numeric for Number<'a>
    where
        for<'__derive> &'a u64: ::publisher_core::__private::Numeric,
    {
        #[inline]
        fn satisfies(
            &self,
            bound: &::publisher_core::__private::Bound,
            accept: fn(::core::cmp::Ordering) -> bool,
        ) -> bool {
            <&'a u64 as ::publisher_core::__private::Numeric>::satisfies(
                &self.0,
                bound,
                accept,
            )
        }
    }
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::Textual for Number<'a>
    where
        for<'__derive> &'a u64: ::publisher_core::__private::Textual,
    {
        fn text(&self) -> ::core::option::Option<&str> {
            <&'a u64 as ::publisher_core::__private::Textual>::text(&self.0)
        }
    }
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::Countable for Number<'a>
    where
        for<'__derive> &'a u64: ::publisher_core::__private::Countable,
    {
        fn count(&self) -> ::core::option::Option<usize> {
            <&'a u64 as ::publisher_core::__private::Countable>::count(&self.0)
        }
    }
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::MapKey for Number<'a>
    where
        for<'__derive> &'a u64: ::publisher_core::__private::MapKey,
    {
        fn as_text(&self) -> &str {
            <&'a u64 as ::publisher_core::__private::MapKey>::as_text(&self.0)
        }
    }
};
