const _: () = {
    #[automatically_derived]
    impl<'a, T: Clone, const N: usize> ::publisher_core::__private::EventData
    for Envelope<'a, T, N>
    where
        T: Send,
        T: ::publisher_core::__private::EventData,
        Vec<T>: ::publisher_core::__private::Countable,
    {
        const SHAPE: ::publisher_core::__private::Shape = {
            ::publisher_core::__private::assert_default(
                &<Vec<T> as ::publisher_core::__private::EventData>::SHAPE,
                ::publisher_core::__private::Literal::EmptyArray,
            );
            ::publisher_core::__private::assert_items(
                &<Vec<T> as ::publisher_core::__private::EventData>::SHAPE,
            );
            ::publisher_core::__private::Shape::Record(
                &::publisher_core::__private::Record {
                    name: <Self as ::publisher_core::__private::RecordData>::NAME,
                    namespace: ::core::option::Option::None,
                    doc: ::core::option::Option::None,
                    aliases: &[],
                    shared: false,
                    fields: &[
                        ::publisher_core::__private::Field {
                            name: "source",
                            doc: ::core::option::Option::None,
                            aliases: &[],
                            shape: &<&'a str as ::publisher_core::__private::EventData>::SHAPE,
                            flatten: false,
                            default: ::core::option::Option::None,
                            line: 0,
                        },
                        ::publisher_core::__private::Field {
                            name: "payload",
                            doc: ::core::option::Option::None,
                            aliases: &[],
                            shape: &<T as ::publisher_core::__private::EventData>::SHAPE,
                            flatten: false,
                            default: ::core::option::Option::None,
                            line: 0,
                        },
                        ::publisher_core::__private::Field {
                            name: "more",
                            doc: ::core::option::Option::None,
                            aliases: &[],
                            shape: &::publisher_core::__private::Shape::Constrained {
                                shape: &<Vec<
                                    T,
                                > as ::publisher_core::__private::EventData>::SHAPE,
                                constraints: &[
                                    ::publisher_core::__private::Constraint::MaxItems(5),
                                ],
                            },
                            flatten: false,
                            default: ::core::option::Option::Some(
                                ::publisher_core::__private::Literal::EmptyArray,
                            ),
                            line: 0,
                        },
                        ::publisher_core::__private::Field {
                            name: "within",
                            doc: ::core::option::Option::None,
                            aliases: &[],
                            shape: &<Option<
                                Box<::publisher_core::__private::ByName<Envelope<'a, T, N>>>,
                            > as ::publisher_core::__private::EventData>::SHAPE,
                            flatten: false,
                            default: ::core::option::Option::None,
                            line: 0,
                        },
                    ],
                    source: ::core::file!(),
                },
            )
        };
        #[inline]
        fn check(
            &self,
            at: &::publisher_core::__private::Path<'_>,
            checker: &mut ::publisher_core::__private::Checker,
        ) {
            if checker.descend(at) {
                <&'a str as ::publisher_core::__private::EventData>::check(
                    &self.source,
                    &::publisher_core::__private::Path::Field(at, "source"),
                    checker,
                );
                <T as ::publisher_core::__private::EventData>::check(
                    &self.payload,
                    &::publisher_core::__private::Path::Field(at, "payload"),
                    checker,
                );
                {
                    let at = &::publisher_core::__private::Path::Field(at, "more");
                    <Vec<
                        T,
                    > as ::publisher_core::__private::EventData>::check(
                        &self.more,
                        at,
                        checker,
                    );
                    ::publisher_core::__private::max_items(&self.more, 5, at, checker);
                }
                <Option<
                    Box<Envelope<'a, T, N>>,
                > as ::publisher_core::__private::EventData>::check(
                    &self.within,
                    &::publisher_core::__private::Path::Field(at, "within"),
                    checker,
                );
                checker.ascend();
            }
        }
        #[inline]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            <&'a str as ::publisher_core::__private::EventData>::encode_avro(
                &self.source,
                out,
            );
            <T as ::publisher_core::__private::EventData>::encode_avro(
                &self.payload,
                out,
            );
            <Vec<
                T,
            > as ::publisher_core::__private::EventData>::encode_avro_value_first(
                &self.more,
                out,
            );
            <Option<
                Box<Envelope<'a, T, N>>,
            > as ::publisher_core::__private::EventData>::encode_avro(&self.within, out);
        }
        #[inline]
        fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
            out.push(b'{');
            ::publisher_core::__private::RecordData::encode_json_members(self, out);
            out.push(b'}');
        }
    }
    #[automatically_derived]
    impl<'a, T: Clone, const N: usize> ::publisher_core::__private::RecordData
    for Envelope<'a, T, N>
    where
        T: Send,
        T: ::publisher_core::__private::EventData,
        Vec<T>: ::publisher_core::__private::Countable,
    {
        const NAME: &'static str = const {
            &::publisher_core::__private::Name::of(
                &[
                    ::publisher_core::__private::NamePart::Type(
                        &<T as ::publisher_core::__private::EventData>::SHAPE,
                    ),
                    ::publisher_core::__private::NamePart::Text("Envelope"),
                    ::publisher_core::__private::NamePart::Number(N as i128),
                ],
            )
        }
            .text();
        const NAMESPACE: ::core::option::Option<&'static str> = ::core::option::Option::None;
        #[inline]
        fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
            out.extend_from_slice(b"\"source\":");
            <&'a str as ::publisher_core::__private::EventData>::encode_json(
                &self.source,
                out,
            );
            out.extend_from_slice(b",\"payload\":");
            <T as ::publisher_core::__private::EventData>::encode_json(
                &self.payload,
                out,
            );
            out.extend_from_slice(b",\"more\":");
            <Vec<
                T,
            > as ::publisher_core::__private::EventData>::encode_json(&self.more, out);
            out.extend_from_slice(b",\"within\":");
            <Option<
                Box<Envelope<'a, T, N>>,
            > as ::publisher_core::__private::EventData>::encode_json(&self.within, out);
        }
    }
};
const _: () = {
    #[automatically_derived]
    impl<K, V, S, T> ::publisher_core::__private::EventData for Priced<K, V, S, T>
    where
        T: ::publisher_core::__private::EventData<
            ::publisher_core::__private::AsDecimal<18, 2>,
        >,
        K: ::publisher_core::__private::MapKey,
        V: ::publisher_core::__private::EventData,
        V: ::publisher_core::__private::Numeric,
    {
        const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Record(
            &::publisher_core::__private::Record {
                name: "Priced",
                namespace: ::core::option::Option::None,
                doc: ::core::option::Option::None,
                aliases: &[],
                shared: false,
                fields: &[
                    ::publisher_core::__private::Field {
                        name: "price",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<T as ::publisher_core::__private::EventData<
                            ::publisher_core::__private::AsDecimal<18, 2>,
                        >>::SHAPE,
                        flatten: false,
                        default: ::core::option::Option::None,
                        line: 0,
                    },
                    ::publisher_core::__private::Field {
                        name: "prices",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<HashMap<
                            K,
                            Option<V>,
                            S,
                        > as ::publisher_core::__private::EventData>::SHAPE,
                        flatten: false,
                        default: ::core::option::Option::None,
                        line: 0,
                    },
                    ::publisher_core::__private::Field {
                        name: "quantity",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &::publisher_core::__private::Shape::Constrained {
                            shape: &<V as ::publisher_core::__private::EventData>::SHAPE,
                            constraints: &[
                                ::publisher_core::__private::Constraint::Min(::publisher_core::__private::Bound {
                                    text: "1",
                                    mantissa: 1,
                                    scale: 0,
                                    double: 1.0,
                                }),
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
            <T as ::publisher_core::__private::EventData<
                ::publisher_core::__private::AsDecimal<18, 2>,
            >>::check(
                &self.price,
                &::publisher_core::__private::Path::Field(at, "price"),
                checker,
            );
            <HashMap<
                K,
                Option<V>,
                S,
            > as ::publisher_core::__private::EventData>::check(
                &self.prices,
                &::publisher_core::__private::Path::Field(at, "prices"),
                checker,
            );
            {
                let at = &::publisher_core::__private::Path::Field(at, "quantity");
                <V as ::publisher_core::__private::EventData>::check(
                    &self.quantity,
                    at,
                    checker,
                );
                ::publisher_core::__private::min(
                    &self.quantity,
                    &::publisher_core::__private::Bound {
                        text: "1",
                        mantissa: 1,
                        scale: 0,
                        double: 1.0,
                    },
                    at,
                    checker,
                );
            }
        }
        #[inline]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            <T as ::publisher_core::__private::EventData<
                ::publisher_core::__private::AsDecimal<18, 2>,
            >>::encode_avro(&self.price, out);
            <HashMap<
                K,
                Option<V>,
                S,
            > as ::publisher_core::__private::EventData>::encode_avro(&self.prices, out);
            <V as ::publisher_core::__private::EventData>::encode_avro(
                &self.quantity,
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
    impl<K, V, S, T> ::publisher_core::__private::RecordData for Priced<K, V, S, T>
    where
        T: ::publisher_core::__private::EventData<
            ::publisher_core::__private::AsDecimal<18, 2>,
        >,
        K: ::publisher_core::__private::MapKey,
        V: ::publisher_core::__private::EventData,
        V: ::publisher_core::__private::Numeric,
    {
        const NAME: &'static str = "Priced";
        const NAMESPACE: ::core::option::Option<&'static str> = ::core::option::Option::None;
        #[inline]
        fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
            out.extend_from_slice(b"\"price\":");
            <T as ::publisher_core::__private::EventData<
                ::publisher_core::__private::AsDecimal<18, 2>,
            >>::encode_json(&self.price, out);
            out.extend_from_slice(b",\"prices\":");
            <HashMap<
                K,
                Option<V>,
                S,
            > as ::publisher_core::__private::EventData>::encode_json(&self.prices, out);
            out.extend_from_slice(b",\"quantity\":");
            <V as ::publisher_core::__private::EventData>::encode_json(
                &self.quantity,
                out,
            );
        }
    }
};
const _: () = {
    #[automatically_derived]
    impl<T: Iterator> ::publisher_core::__private::EventData for Stamped<T>
    where
        T: ::publisher_core::__private::RecordData,
        T::Item: ::publisher_core::__private::EventData,
    {
        const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Record(
            &::publisher_core::__private::Record {
                name: "Stamped",
                namespace: ::core::option::Option::None,
                doc: ::core::option::Option::None,
                aliases: &[],
                shared: false,
                fields: &[
                    ::publisher_core::__private::Field {
                        name: "value",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<Box<
                            T,
                        > as ::publisher_core::__private::EventData>::SHAPE,
                        flatten: true,
                        default: ::core::option::Option::None,
                        line: 0,
                    },
                    ::publisher_core::__private::Field {
                        name: "item",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<T::Item as ::publisher_core::__private::EventData>::SHAPE,
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
            <Box<
                T,
            > as ::publisher_core::__private::EventData>::check(
                &self.value,
                at,
                checker,
            );
            <T::Item as ::publisher_core::__private::EventData>::check(
                &self.item,
                &::publisher_core::__private::Path::Field(at, "item"),
                checker,
            );
        }
        #[inline]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            <Box<
                T,
            > as ::publisher_core::__private::EventData>::encode_avro(&self.value, out);
            <T::Item as ::publisher_core::__private::EventData>::encode_avro(
                &self.item,
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
    impl<T: Iterator> ::publisher_core::__private::RecordData for Stamped<T>
    where
        T: ::publisher_core::__private::RecordData,
        T::Item: ::publisher_core::__private::EventData,
    {
        const NAME: &'static str = "Stamped";
        const NAMESPACE: ::core::option::Option<&'static str> = ::core::option::Option::None;
        #[inline]
        fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
            <Box<
                T,
            > as ::publisher_core::__private::RecordData>::encode_json_members(
                &self.value,
                out,
            );
            out.extend_from_slice(b",\"item\":");
            <T::Item as ::publisher_core::__private::EventData>::encode_json(
                &self.item,
                out,
            );
        }
    }
};
const _: () = {
    #[automatically_derived]
    impl<T> ::publisher_core::__private::EventData for AtMostThree<T>
    where
        T: ::publisher_core::__private::EventData,
        Vec<T>: ::publisher_core::__private::Countable,
    {
        const SHAPE: ::publisher_core::__private::Shape = {
            ::publisher_core::__private::assert_items(
                &<Vec<T> as ::publisher_core::__private::EventData>::SHAPE,
            );
            ::publisher_core::__private::Shape::Constrained {
                shape: &<Vec<T> as ::publisher_core::__private::EventData>::SHAPE,
                constraints: &[::publisher_core::__private::Constraint::MaxItems(3)],
            }
        };
        #[inline(always)]
        fn check(
            &self,
            at: &::publisher_core::__private::Path<'_>,
            checker: &mut ::publisher_core::__private::Checker,
        ) {
            <Vec<
                T,
            > as ::publisher_core::__private::EventData>::check(&self.0, at, checker);
            ::publisher_core::__private::max_items(&self.0, 3, at, checker);
        }
        #[inline(always)]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            <Vec<
                T,
            > as ::publisher_core::__private::EventData>::encode_avro(&self.0, out);
        }
        #[inline(always)]
        fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
            <Vec<
                T,
            > as ::publisher_core::__private::EventData>::encode_json(&self.0, out);
        }
        #[inline(always)]
        fn encode_avro_value_first(&self, out: &mut ::std::vec::Vec<u8>) {
            <Vec<
                T,
            > as ::publisher_core::__private::EventData>::encode_avro_value_first(
                &self.0,
                out,
            );
        }
        #[inline(always)]
        fn encode_avro_some(&self, out: &mut ::std::vec::Vec<u8>) {
            <Vec<
                T,
            > as ::publisher_core::__private::EventData>::encode_avro_some(&self.0, out);
        }
    }
    #[automatically_derived]
    impl<T, __Form: ?::core::marker::Sized> ::publisher_core::__private::EventKey<__Form>
    for AtMostThree<T>
    where
        for<'__derive> Vec<T>: ::publisher_core::__private::EventKey<__Form>,
    {
        fn write_key(&self, out: &mut ::std::vec::Vec<u8>) {
            <Vec<
                T,
            > as ::publisher_core::__private::EventKey<__Form>>::write_key(&self.0, out);
        }
    }
    #[automatically_derived]
    impl<T> ::publisher_core::__private::EventTime for AtMostThree<T>
    where
        for<'__derive> Vec<T>: ::publisher_core::__private::EventTime,
    {
        fn timestamp_ms(&self) -> ::core::option::Option<i64> {
            <Vec<T> as ::publisher_core::__private::EventTime>::timestamp_ms(&self.0)
        }
    }
    #[automatically_derived]
    impl<T> ::publisher_core::__private::Numeric for AtMostThree<T>
    where
        for<'__derive> Vec<T>: ::publisher_core::__private::Numeric,
    {
        #[inline]
        fn satisfies(
            &self,
            bound: &::publisher_core::__private::Bound,
            accept: fn(::core::cmp::Ordering) -> bool,
        ) -> bool {
            <Vec<
                T,
            > as ::publisher_core::__private::Numeric>::satisfies(&self.0, bound, accept)
        }
    }
    #[automatically_derived]
    impl<T> ::publisher_core::__private::Textual for AtMostThree<T>
    where
        for<'__derive> Vec<T>: ::publisher_core::__private::Textual,
    {
        fn text(&self) -> ::core::option::Option<&str> {
            <Vec<T> as ::publisher_core::__private::Textual>::text(&self.0)
        }
    }
    #[automatically_derived]
    impl<T> ::publisher_core::__private::Countable for AtMostThree<T>
    where
        for<'__derive> Vec<T>: ::publisher_core::__private::Countable,
    {
        fn count(&self) -> ::core::option::Option<usize> {
            <Vec<T> as ::publisher_core::__private::Countable>::count(&self.0)
        }
    }
    #[automatically_derived]
    impl<T> ::publisher_core::__private::MapKey for AtMostThree<T>
    where
        for<'__derive> Vec<T>: ::publisher_core::__private::MapKey,
    {
        fn as_text(&self) -> &str {
            <Vec<T> as ::publisher_core::__private::MapKey>::as_text(&self.0)
        }
    }
};
