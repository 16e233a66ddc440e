const _: () = {
    #[allow(non_camel_case_types, non_snake_case)]
    struct __SourceWeb<'__event, 'a> {
        page: &'__event &'a str,
    }
    const _: () = {
        #[automatically_derived]
        impl<'__event, 'a> ::publisher_core::__private::EventData
        for __SourceWeb<'__event, 'a> {
            const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Record(
                &::publisher_core::__private::Record {
                    name: "SourceWeb",
                    namespace: ::core::option::Option::None,
                    doc: ::core::option::Option::None,
                    aliases: &[],
                    shared: false,
                    fields: &[
                        ::publisher_core::__private::Field {
                            name: "page",
                            doc: ::core::option::Option::None,
                            aliases: &[],
                            shape: &<&'a str as ::publisher_core::__private::EventData>::SHAPE,
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
                    self.page,
                    &::publisher_core::__private::Path::Field(at, "page"),
                    checker,
                );
            }
            #[inline]
            fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
                <&'a str as ::publisher_core::__private::EventData>::encode_avro(
                    self.page,
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
        impl<'__event, 'a> ::publisher_core::__private::RecordData
        for __SourceWeb<'__event, 'a> {
            const NAME: &'static str = "SourceWeb";
            const NAMESPACE: ::core::option::Option<&'static str> = ::core::option::Option::None;
            #[inline]
            fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
                out.extend_from_slice(b"\"page\":");
                <&'a str as ::publisher_core::__private::EventData>::encode_json(
                    self.page,
                    out,
                );
            }
        }
    };
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::EventData for Source<'a> {
        const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Union(
            &::publisher_core::__private::Union {
                branches: &[
                    ::publisher_core::__private::Branch {
                        name: "Web",
                        shape: &<__SourceWeb<
                            'static,
                            'static,
                        > as ::publisher_core::__private::EventData>::SHAPE,
                    },
                    ::publisher_core::__private::Branch {
                        name: "Store",
                        shape: &<Shop as ::publisher_core::__private::EventData>::SHAPE,
                    },
                ],
            },
        );
        #[inline]
        fn check(
            &self,
            at: &::publisher_core::__private::Path<'_>,
            checker: &mut ::publisher_core::__private::Checker,
        ) {
            match self {
                Self::Web { page } => {
                    ::publisher_core::__private::EventData::check(
                        &__SourceWeb { page },
                        &::publisher_core::__private::Path::Field(at, "Web"),
                        checker,
                    );
                }
                Self::Shop(value) => {
                    <Shop as ::publisher_core::__private::EventData>::check(
                        value,
                        &::publisher_core::__private::Path::Field(at, "Store"),
                        checker,
                    );
                }
            }
        }
        #[inline]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            match self {
                Self::Web { page } => {
                    ::publisher_core::__private::avro::long(0, out);
                    ::publisher_core::__private::EventData::encode_avro(
                        &__SourceWeb { page },
                        out,
                    );
                }
                Self::Shop(value) => {
                    ::publisher_core::__private::avro::long(1, out);
                    <Shop as ::publisher_core::__private::EventData>::encode_avro(
                        value,
                        out,
                    );
                }
            }
        }
        #[inline]
        fn encode_avro_some(&self, out: &mut ::std::vec::Vec<u8>) {
            match self {
                Self::Web { page } => {
                    ::publisher_core::__private::avro::long(1, out);
                    ::publisher_core::__private::EventData::encode_avro(
                        &__SourceWeb { page },
                        out,
                    );
                }
                Self::Shop(value) => {
                    ::publisher_core::__private::avro::long(2, out);
                    <Shop as ::publisher_core::__private::EventData>::encode_avro(
                        value,
                        out,
                    );
                }
            }
        }
        #[inline]
        fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
            match self {
                Self::Web { page } => {
                    out.extend_from_slice(b"{\"Web\":");
                    ::publisher_core::__private::EventData::encode_json(
                        &__SourceWeb { page },
                        out,
                    );
                }
                Self::Shop(value) => {
                    out.extend_from_slice(b"{\"Store\":");
                    <Shop as ::publisher_core::__private::EventData>::encode_json(
                        value,
                        out,
                    );
                }
            }
            out.push(b'}');
        }
    }
    const _: () = ::publisher_core::__private::assert_branch(
        &<Source<'static> as ::publisher_core::__private::EventData>::SHAPE,
        0,
        "",
    );
    const _: () = ::publisher_core::__private::assert_branch(
        &<Source<'static> as ::publisher_core::__private::EventData>::SHAPE,
        1,
        "",
    );
};
