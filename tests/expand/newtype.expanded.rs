const _: () = {
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::EventData for OrderId<'a> {
        const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Constrained {
            shape: &<Cow<'a, str> as ::publisher_core::__private::EventData>::SHAPE,
            constraints: &[::publisher_core::__private::Constraint::MinLength(1)],
        };
        #[inline(always)]
        fn check(
            &self,
            at: &::publisher_core::__private::Path<'_>,
            checker: &mut ::publisher_core::__private::Checker,
        ) {
            <Cow<
                'a,
                str,
            > as ::publisher_core::__private::EventData>::check(&self.0, at, checker);
            ::publisher_core::__private::min_length(&self.0, 1, at, checker);
        }
        #[inline(always)]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            <Cow<
                'a,
                str,
            > as ::publisher_core::__private::EventData>::encode_avro(&self.0, out);
        }
        #[inline(always)]
        fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
            <Cow<
                'a,
                str,
            > as ::publisher_core::__private::EventData>::encode_json(&self.0, out);
        }
        #[inline(always)]
        fn encode_avro_value_first(&self, out: &mut ::std::vec::Vec<u8>) {
            <Cow<
                'a,
                str,
            > as ::publisher_core::__private::EventData>::encode_avro_value_first(
                &self.0,
                out,
            );
        }
        #[inline(always)]
        fn encode_avro_some(&self, out: &mut ::std::vec::Vec<u8>) {
            <Cow<
                'a,
                str,
            > as ::publisher_core::__private::EventData>::encode_avro_some(&self.0, out);
        }
    }
    #[automatically_derived]
    impl<
        'a,
        __Form: ?::core::marker::Sized,
    > ::publisher_core::__private::EventKey<__Form> for OrderId<'a>
    where
        for<'__derive> Cow<'a, str>: ::publisher_core::__private::EventKey<__Form>,
    {
        fn write_key(&self, out: &mut ::std::vec::Vec<u8>) {
            <Cow<
                'a,
                str,
            > as ::publisher_core::__private::EventKey<__Form>>::write_key(&self.0, out);
        }
    }
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::EventTime for OrderId<'a>
    where
        for<'__derive> Cow<'a, str>: ::publisher_core::__private::EventTime,
    {
        fn timestamp_ms(&self) -> ::core::option::Option<i64> {
            <Cow<
                'a,
                str,
            > as ::publisher_core::__private::EventTime>::timestamp_ms(&self.0)
        }
    }
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::Numeric for OrderId<'a>
    where
        for<'__derive> Cow<'a, str>: ::publisher_core::__private::Numeric,
    {
        #[inline]
        fn satisfies(
            &self,
            bound: &::publisher_core::__private::Bound,
            accept: fn(::core::cmp::Ordering) -> bool,
        ) -> bool {
            <Cow<
                'a,
                str,
            > as ::publisher_core::__private::Numeric>::satisfies(&self.0, bound, accept)
        }
    }
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::Textual for OrderId<'a>
    where
        for<'__derive> Cow<'a, str>: ::publisher_core::__private::Textual,
    {
        fn text(&self) -> ::core::option::Option<&str> {
            <Cow<'a, str> as ::publisher_core::__private::Textual>::text(&self.0)
        }
    }
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::Countable for OrderId<'a>
    where
        for<'__derive> Cow<'a, str>: ::publisher_core::__private::Countable,
    {
        fn count(&self) -> ::core::option::Option<usize> {
            <Cow<'a, str> as ::publisher_core::__private::Countable>::count(&self.0)
        }
    }
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::MapKey for OrderId<'a>
    where
        for<'__derive> Cow<'a, str>: ::publisher_core::__private::MapKey,
    {
        fn as_text(&self) -> &str {
            <Cow<'a, str> as ::publisher_core::__private::MapKey>::as_text(&self.0)
        }
    }
};
