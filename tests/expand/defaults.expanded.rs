const _: () = {
    #[automatically_derived]
    impl ::publisher_core::__private::EventData for Defaults {
        const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Record(
            &::publisher_core::__private::Record {
                name: "Defaults",
                namespace: ::core::option::Option::None,
                doc: ::core::option::Option::None,
                aliases: &[],
                shared: false,
                fields: &[
                    ::publisher_core::__private::Field {
                        name: "flag",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<bool as ::publisher_core::__private::EventData>::SHAPE,
                        flatten: false,
                        default: ::core::option::Option::Some(
                            ::publisher_core::__private::Literal::Boolean(true),
                        ),
                        line: 0,
                    },
                    ::publisher_core::__private::Field {
                        name: "whole",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<Option<
                            i32,
                        > as ::publisher_core::__private::EventData>::SHAPE,
                        flatten: false,
                        default: ::core::option::Option::Some(
                            ::publisher_core::__private::Literal::Integer(-1),
                        ),
                        line: 0,
                    },
                    ::publisher_core::__private::Field {
                        name: "fraction",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<f64 as ::publisher_core::__private::EventData>::SHAPE,
                        flatten: false,
                        default: ::core::option::Option::Some(
                            ::publisher_core::__private::Literal::Float("0.5"),
                        ),
                        line: 0,
                    },
                    ::publisher_core::__private::Field {
                        name: "text",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<String as ::publisher_core::__private::EventData>::SHAPE,
                        flatten: false,
                        default: ::core::option::Option::Some(
                            ::publisher_core::__private::Literal::String("none"),
                        ),
                        line: 0,
                    },
                    ::publisher_core::__private::Field {
                        name: "list",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<Vec<
                            i32,
                        > as ::publisher_core::__private::EventData>::SHAPE,
                        flatten: false,
                        default: ::core::option::Option::Some(
                            ::publisher_core::__private::Literal::EmptyArray,
                        ),
                        line: 0,
                    },
                    ::publisher_core::__private::Field {
                        name: "map",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<BTreeMap<
                            String,
                            i32,
                        > as ::publisher_core::__private::EventData>::SHAPE,
                        flatten: false,
                        default: ::core::option::Option::Some(
                            ::publisher_core::__private::Literal::EmptyMap,
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
            <bool as ::publisher_core::__private::EventData>::check(
                &self.flag,
                &::publisher_core::__private::Path::Field(at, "flag"),
                checker,
            );
            <Option<
                i32,
            > as ::publisher_core::__private::EventData>::check(
                &self.whole,
                &::publisher_core::__private::Path::Field(at, "whole"),
                checker,
            );
            <f64 as ::publisher_core::__private::EventData>::check(
                &self.fraction,
                &::publisher_core::__private::Path::Field(at, "fraction"),
                checker,
            );
            <String as ::publisher_core::__private::EventData>::check(
                &self.text,
                &::publisher_core::__private::Path::Field(at, "text"),
                checker,
            );
            <Vec<
                i32,
            > as ::publisher_core::__private::EventData>::check(
                &self.list,
                &::publisher_core::__private::Path::Field(at, "list"),
                checker,
            );
            <BTreeMap<
                String,
                i32,
            > as ::publisher_core::__private::EventData>::check(
                &self.map,
                &::publisher_core::__private::Path::Field(at, "map"),
                checker,
            );
        }
        #[inline]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            <bool as ::publisher_core::__private::EventData>::encode_avro_value_first(
                &self.flag,
                out,
            );
            <Option<
                i32,
            > as ::publisher_core::__private::EventData>::encode_avro_value_first(
                &self.whole,
                out,
            );
            <f64 as ::publisher_core::__private::EventData>::encode_avro_value_first(
                &self.fraction,
                out,
            );
            <String as ::publisher_core::__private::EventData>::encode_avro_value_first(
                &self.text,
                out,
            );
            <Vec<
                i32,
            > as ::publisher_core::__private::EventData>::encode_avro_value_first(
                &self.list,
                out,
            );
            <BTreeMap<
                String,
                i32,
            > as ::publisher_core::__private::EventData>::encode_avro_value_first(
                &self.map,
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
    impl ::publisher_core::__private::RecordData for Defaults {
        const NAME: &'static str = "Defaults";
        const NAMESPACE: ::core::option::Option<&'static str> = ::core::option::Option::None;
        #[inline]
        fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
            out.extend_from_slice(b"\"flag\":");
            <bool as ::publisher_core::__private::EventData>::encode_json(
                &self.flag,
                out,
            );
            out.extend_from_slice(b",\"whole\":");
            <Option<
                i32,
            > as ::publisher_core::__private::EventData>::encode_json(&self.whole, out);
            out.extend_from_slice(b",\"fraction\":");
            <f64 as ::publisher_core::__private::EventData>::encode_json(
                &self.fraction,
                out,
            );
            out.extend_from_slice(b",\"text\":");
            <String as ::publisher_core::__private::EventData>::encode_json(
                &self.text,
                out,
            );
            out.extend_from_slice(b",\"list\":");
            <Vec<
                i32,
            > as ::publisher_core::__private::EventData>::encode_json(&self.list, out);
            out.extend_from_slice(b",\"map\":");
            <BTreeMap<
                String,
                i32,
            > as ::publisher_core::__private::EventData>::encode_json(&self.map, out);
        }
    }
    const _: () = ::publisher_core::__private::assert_default(
        &<bool as ::publisher_core::__private::EventData>::SHAPE,
        ::publisher_core::__private::Literal::Boolean(true),
    );
    const _: () = ::publisher_core::__private::assert_default(
        &<Option<i32> as ::publisher_core::__private::EventData>::SHAPE,
        ::publisher_core::__private::Literal::Integer(-1),
    );
    const _: () = ::publisher_core::__private::assert_default(
        &<f64 as ::publisher_core::__private::EventData>::SHAPE,
        ::publisher_core::__private::Literal::Float("0.5"),
    );
    const _: () = ::publisher_core::__private::assert_default(
        &<String as ::publisher_core::__private::EventData>::SHAPE,
        ::publisher_core::__private::Literal::String("none"),
    );
    const _: () = ::publisher_core::__private::assert_default(
        &<Vec<i32> as ::publisher_core::__private::EventData>::SHAPE,
        ::publisher_core::__private::Literal::EmptyArray,
    );
    const _: () = ::publisher_core::__private::assert_default(
        &<BTreeMap<String, i32> as ::publisher_core::__private::EventData>::SHAPE,
        ::publisher_core::__private::Literal::EmptyMap,
    );
};
