const _: () = {
    #[automatically_derived]
    impl ::publisher_core::__private::EventData for Range {
        const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Record(
            &::publisher_core::__private::Record {
                name: "Range",
                namespace: ::core::option::Option::None,
                doc: ::core::option::Option::None,
                aliases: &[],
                shared: false,
                fields: &[
                    ::publisher_core::__private::Field {
                        name: "from",
                        doc: ::core::option::Option::Some("Where it begins."),
                        aliases: &[],
                        shape: &::publisher_core::__private::Shape::Constrained {
                            shape: &<i64 as ::publisher_core::__private::EventData>::SHAPE,
                            constraints: &[
                                ::publisher_core::__private::Constraint::Min(::publisher_core::__private::Bound {
                                    text: "0",
                                    mantissa: 0,
                                    scale: 0,
                                    double: 0.0,
                                }),
                            ],
                        },
                        flatten: false,
                        default: ::core::option::Option::None,
                        line: 0,
                    },
                    ::publisher_core::__private::Field {
                        name: "to",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<Option<
                            String,
                        > as ::publisher_core::__private::EventData>::SHAPE,
                        flatten: false,
                        default: ::core::option::Option::Some(
                            ::publisher_core::__private::Literal::String("end"),
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
            {
                let at = &::publisher_core::__private::Path::Field(at, "from");
                <i64 as ::publisher_core::__private::EventData>::check(
                    &self.0,
                    at,
                    checker,
                );
                ::publisher_core::__private::min(
                    &self.0,
                    &::publisher_core::__private::Bound {
                        text: "0",
                        mantissa: 0,
                        scale: 0,
                        double: 0.0,
                    },
                    at,
                    checker,
                );
            }
            <Option<
                String,
            > as ::publisher_core::__private::EventData>::check(
                &self.2,
                &::publisher_core::__private::Path::Field(at, "to"),
                checker,
            );
        }
        #[inline]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            <i64 as ::publisher_core::__private::EventData>::encode_avro(&self.0, out);
            <Option<
                String,
            > as ::publisher_core::__private::EventData>::encode_avro_value_first(
                &self.2,
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
    impl ::publisher_core::__private::RecordData for Range {
        const NAME: &'static str = "Range";
        const NAMESPACE: ::core::option::Option<&'static str> = ::core::option::Option::None;
        #[inline]
        fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
            out.extend_from_slice(b"\"from\":");
            <i64 as ::publisher_core::__private::EventData>::encode_json(&self.0, out);
            out.extend_from_slice(b",\"to\":");
            <Option<
                String,
            > as ::publisher_core::__private::EventData>::encode_json(&self.2, out);
        }
    }
    const _: () = ::publisher_core::__private::assert_default(
        &<Option<String> as ::publisher_core::__private::EventData>::SHAPE,
        ::publisher_core::__private::Literal::String("end"),
    );
};
