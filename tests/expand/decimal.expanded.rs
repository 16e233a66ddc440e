const _: () = {
    #[automatically_derived]
    impl ::publisher_core::__private::EventData for Amounts {
        const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Record(
            &::publisher_core::__private::Record {
                name: "Amounts",
                namespace: ::core::option::Option::None,
                doc: ::core::option::Option::None,
                aliases: &[],
                shared: false,
                fields: &[
                    ::publisher_core::__private::Field {
                        name: "total",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &::publisher_core::__private::Shape::Constrained {
                            shape: &<Decimal as ::publisher_core::__private::EventData<
                                ::publisher_core::__private::AsDecimal<18, 2>,
                            >>::SHAPE,
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
                        name: "rates",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<Vec<
                            Decimal,
                        > as ::publisher_core::__private::EventData<
                            ::publisher_core::__private::AsDecimal<9, 4>,
                        >>::SHAPE,
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
                let at = &::publisher_core::__private::Path::Field(at, "total");
                <Decimal as ::publisher_core::__private::EventData<
                    ::publisher_core::__private::AsDecimal<18, 2>,
                >>::check(&self.total, at, checker);
                ::publisher_core::__private::min(
                    &self.total,
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
            <Vec<
                Decimal,
            > as ::publisher_core::__private::EventData<
                ::publisher_core::__private::AsDecimal<9, 4>,
            >>::check(
                &self.rates,
                &::publisher_core::__private::Path::Field(at, "rates"),
                checker,
            );
        }
        #[inline]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            <Decimal as ::publisher_core::__private::EventData<
                ::publisher_core::__private::AsDecimal<18, 2>,
            >>::encode_avro(&self.total, out);
            <Vec<
                Decimal,
            > as ::publisher_core::__private::EventData<
                ::publisher_core::__private::AsDecimal<9, 4>,
            >>::encode_avro(&self.rates, out);
        }
        #[inline]
        fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
            out.push(b'{');
            ::publisher_core::__private::RecordData::encode_json_members(self, out);
            out.push(b'}');
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::RecordData for Amounts {
        const NAME: &'static str = "Amounts";
        const NAMESPACE: ::core::option::Option<&'static str> = ::core::option::Option::None;
        #[inline]
        fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
            out.extend_from_slice(b"\"total\":");
            <Decimal as ::publisher_core::__private::EventData<
                ::publisher_core::__private::AsDecimal<18, 2>,
            >>::encode_json(&self.total, out);
            out.extend_from_slice(b",\"rates\":");
            <Vec<
                Decimal,
            > as ::publisher_core::__private::EventData<
                ::publisher_core::__private::AsDecimal<9, 4>,
            >>::encode_json(&self.rates, out);
        }
    }
};
