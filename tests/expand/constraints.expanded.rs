const _: () = {
    #[automatically_derived]
    impl ::publisher_core::__private::EventData for Constrained {
        const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Record(
            &::publisher_core::__private::Record {
                name: "Constrained",
                namespace: ::core::option::Option::None,
                doc: ::core::option::Option::None,
                aliases: &[],
                shared: false,
                fields: &[
                    ::publisher_core::__private::Field {
                        name: "number",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &::publisher_core::__private::Shape::Constrained {
                            shape: &<f64 as ::publisher_core::__private::EventData>::SHAPE,
                            constraints: &[
                                ::publisher_core::__private::Constraint::Min(::publisher_core::__private::Bound {
                                    text: "-1",
                                    mantissa: -1,
                                    scale: 0,
                                    double: -1.0,
                                }),
                                ::publisher_core::__private::Constraint::Max(::publisher_core::__private::Bound {
                                    text: "99.5",
                                    mantissa: 995,
                                    scale: 1,
                                    double: 99.5,
                                }),
                                ::publisher_core::__private::Constraint::ExclusiveMax(::publisher_core::__private::Bound {
                                    text: "100",
                                    mantissa: 100,
                                    scale: 0,
                                    double: 100.0,
                                }),
                            ],
                        },
                        flatten: false,
                        default: ::core::option::Option::None,
                        line: 0,
                    },
                    ::publisher_core::__private::Field {
                        name: "share",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &::publisher_core::__private::Shape::Constrained {
                            shape: &<f32 as ::publisher_core::__private::EventData>::SHAPE,
                            constraints: &[
                                ::publisher_core::__private::Constraint::ExclusiveMin(::publisher_core::__private::Bound {
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
                        name: "code",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &::publisher_core::__private::Shape::Constrained {
                            shape: &<String as ::publisher_core::__private::EventData>::SHAPE,
                            constraints: &[
                                ::publisher_core::__private::Constraint::MaxLength(9),
                                ::publisher_core::__private::Constraint::Pattern("^[A-Z]+$"),
                            ],
                        },
                        flatten: false,
                        default: ::core::option::Option::None,
                        line: 0,
                    },
                    ::publisher_core::__private::Field {
                        name: "point",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &::publisher_core::__private::Shape::Constrained {
                            shape: &<String as ::publisher_core::__private::EventData>::SHAPE,
                            constraints: &[
                                ::publisher_core::__private::Constraint::Pattern("^a.c$"),
                            ],
                        },
                        flatten: false,
                        default: ::core::option::Option::None,
                        line: 0,
                    },
                    ::publisher_core::__private::Field {
                        name: "at",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &::publisher_core::__private::Shape::Constrained {
                            shape: &<String as ::publisher_core::__private::EventData>::SHAPE,
                            constraints: &[
                                ::publisher_core::__private::Constraint::Format(
                                    ::publisher_core::__private::Format::DateTime,
                                ),
                            ],
                        },
                        flatten: false,
                        default: ::core::option::Option::None,
                        line: 0,
                    },
                    ::publisher_core::__private::Field {
                        name: "tags",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &::publisher_core::__private::Shape::Constrained {
                            shape: &<Vec<
                                String,
                            > as ::publisher_core::__private::EventData>::SHAPE,
                            constraints: &[
                                ::publisher_core::__private::Constraint::MinItems(1),
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
            {
                let at = &::publisher_core::__private::Path::Field(at, "number");
                <f64 as ::publisher_core::__private::EventData>::check(
                    &self.number,
                    at,
                    checker,
                );
                ::publisher_core::__private::min(
                    &self.number,
                    &::publisher_core::__private::Bound {
                        text: "-1",
                        mantissa: -1,
                        scale: 0,
                        double: -1.0,
                    },
                    at,
                    checker,
                );
                ::publisher_core::__private::max(
                    &self.number,
                    &::publisher_core::__private::Bound {
                        text: "99.5",
                        mantissa: 995,
                        scale: 1,
                        double: 99.5,
                    },
                    at,
                    checker,
                );
                ::publisher_core::__private::exclusive_max(
                    &self.number,
                    &::publisher_core::__private::Bound {
                        text: "100",
                        mantissa: 100,
                        scale: 0,
                        double: 100.0,
                    },
                    at,
                    checker,
                );
            }
            {
                let at = &::publisher_core::__private::Path::Field(at, "share");
                <f32 as ::publisher_core::__private::EventData>::check(
                    &self.share,
                    at,
                    checker,
                );
                ::publisher_core::__private::exclusive_min(
                    &self.share,
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
            {
                let at = &::publisher_core::__private::Path::Field(at, "code");
                <String as ::publisher_core::__private::EventData>::check(
                    &self.code,
                    at,
                    checker,
                );
                ::publisher_core::__private::max_length(&self.code, 9, at, checker);
                {
                    static PATTERN: ::publisher_core::__private::Pattern = ::publisher_core::__private::Pattern::new(
                        "^[A-Z]+$",
                    );
                    ::publisher_core::__private::pattern(
                        &self.code,
                        &PATTERN,
                        at,
                        checker,
                    );
                }
            }
            {
                let at = &::publisher_core::__private::Path::Field(at, "point");
                <String as ::publisher_core::__private::EventData>::check(
                    &self.point,
                    at,
                    checker,
                );
                {
                    static PATTERN: ::publisher_core::__private::Pattern = ::publisher_core::__private::Pattern::with_regex(
                        "^a.c$",
                        "^a[^\\n\\r\\u2028\\u2029]c$",
                    );
                    ::publisher_core::__private::pattern(
                        &self.point,
                        &PATTERN,
                        at,
                        checker,
                    );
                }
            }
            {
                let at = &::publisher_core::__private::Path::Field(at, "at");
                <String as ::publisher_core::__private::EventData>::check(
                    &self.at,
                    at,
                    checker,
                );
                ::publisher_core::__private::format(
                    &self.at,
                    ::publisher_core::__private::Format::DateTime,
                    at,
                    checker,
                );
            }
            {
                let at = &::publisher_core::__private::Path::Field(at, "tags");
                <Vec<
                    String,
                > as ::publisher_core::__private::EventData>::check(
                    &self.tags,
                    at,
                    checker,
                );
                ::publisher_core::__private::min_items(&self.tags, 1, at, checker);
            }
        }
        #[inline]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            <f64 as ::publisher_core::__private::EventData>::encode_avro(
                &self.number,
                out,
            );
            <f32 as ::publisher_core::__private::EventData>::encode_avro(
                &self.share,
                out,
            );
            <String as ::publisher_core::__private::EventData>::encode_avro(
                &self.code,
                out,
            );
            <String as ::publisher_core::__private::EventData>::encode_avro(
                &self.point,
                out,
            );
            <String as ::publisher_core::__private::EventData>::encode_avro(
                &self.at,
                out,
            );
            <Vec<
                String,
            > as ::publisher_core::__private::EventData>::encode_avro(&self.tags, out);
        }
        #[inline]
        fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
            out.push(b'{');
            ::publisher_core::__private::RecordData::encode_json_members(self, out);
            out.push(b'}');
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::RecordData for Constrained {
        const NAME: &'static str = "Constrained";
        const NAMESPACE: ::core::option::Option<&'static str> = ::core::option::Option::None;
        #[inline]
        fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
            out.extend_from_slice(b"\"number\":");
            <f64 as ::publisher_core::__private::EventData>::encode_json(
                &self.number,
                out,
            );
            out.extend_from_slice(b",\"share\":");
            <f32 as ::publisher_core::__private::EventData>::encode_json(
                &self.share,
                out,
            );
            out.extend_from_slice(b",\"code\":");
            <String as ::publisher_core::__private::EventData>::encode_json(
                &self.code,
                out,
            );
            out.extend_from_slice(b",\"point\":");
            <String as ::publisher_core::__private::EventData>::encode_json(
                &self.point,
                out,
            );
            out.extend_from_slice(b",\"at\":");
            <String as ::publisher_core::__private::EventData>::encode_json(
                &self.at,
                out,
            );
            out.extend_from_slice(b",\"tags\":");
            <Vec<
                String,
            > as ::publisher_core::__private::EventData>::encode_json(&self.tags, out);
        }
    }
    const _: () = ::publisher_core::__private::assert_items(
        &<Vec<String> as ::publisher_core::__private::EventData>::SHAPE,
    );
};
