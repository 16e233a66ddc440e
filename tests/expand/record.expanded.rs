const _: () = {
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::EventData for LineItem<'a> {
        const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Record(
            &::publisher_core::__private::Record {
                name: "LineItem",
                namespace: ::core::option::Option::None,
                doc: ::core::option::Option::Some("A line of an order, with its price."),
                aliases: &[],
                shared: false,
                fields: &[
                    ::publisher_core::__private::Field {
                        name: "product",
                        doc: ::core::option::Option::Some("As the shop names it."),
                        aliases: &[],
                        shape: &<&'a str as ::publisher_core::__private::EventData>::SHAPE,
                        flatten: false,
                        default: ::core::option::Option::None,
                        line: 0,
                    },
                    ::publisher_core::__private::Field {
                        name: "unitPrice",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<i64 as ::publisher_core::__private::EventData>::SHAPE,
                        flatten: false,
                        default: ::core::option::Option::None,
                        line: 0,
                    },
                    ::publisher_core::__private::Field {
                        name: "note",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<Option<
                            String,
                        > as ::publisher_core::__private::EventData>::SHAPE,
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
            <&'a str as ::publisher_core::__private::EventData>::check(
                &self.product,
                &::publisher_core::__private::Path::Field(at, "product"),
                checker,
            );
            <i64 as ::publisher_core::__private::EventData>::check(
                &self.unit_price,
                &::publisher_core::__private::Path::Field(at, "unitPrice"),
                checker,
            );
            <Option<
                String,
            > as ::publisher_core::__private::EventData>::check(
                &self.r#type,
                &::publisher_core::__private::Path::Field(at, "note"),
                checker,
            );
        }
        #[inline]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            <&'a str as ::publisher_core::__private::EventData>::encode_avro(
                &self.product,
                out,
            );
            <i64 as ::publisher_core::__private::EventData>::encode_avro(
                &self.unit_price,
                out,
            );
            <Option<
                String,
            > as ::publisher_core::__private::EventData>::encode_avro(&self.r#type, out);
        }
        #[inline]
        fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
            out.push(b'{');
            ::publisher_core::__private::RecordData::encode_json_members(self, out);
            out.push(b'}');
        }
    }
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::RecordData for LineItem<'a> {
        const NAME: &'static str = "LineItem";
        const NAMESPACE: ::core::option::Option<&'static str> = ::core::option::Option::None;
        #[inline]
        fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
            out.extend_from_slice(b"\"product\":");
            <&'a str as ::publisher_core::__private::EventData>::encode_json(
                &self.product,
                out,
            );
            out.extend_from_slice(b",\"unitPrice\":");
            <i64 as ::publisher_core::__private::EventData>::encode_json(
                &self.unit_price,
                out,
            );
            out.extend_from_slice(b",\"note\":");
            <Option<
                String,
            > as ::publisher_core::__private::EventData>::encode_json(&self.r#type, out);
        }
    }
};
