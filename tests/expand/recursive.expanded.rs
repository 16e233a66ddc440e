const _: () = {
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::EventData for Category<'a> {
        const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Record(
            &::publisher_core::__private::Record {
                name: "Category",
                namespace: ::core::option::Option::None,
                doc: ::core::option::Option::None,
                aliases: &[],
                shared: false,
                fields: &[
                    ::publisher_core::__private::Field {
                        name: "name",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<&'a str as ::publisher_core::__private::EventData>::SHAPE,
                        flatten: false,
                        default: ::core::option::Option::None,
                        line: 0,
                    },
                    ::publisher_core::__private::Field {
                        name: "children",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &::publisher_core::__private::Shape::Constrained {
                            shape: &<Vec<
                                ::publisher_core::__private::ByName<Category<'a>>,
                            > as ::publisher_core::__private::EventData>::SHAPE,
                            constraints: &[
                                ::publisher_core::__private::Constraint::MaxItems(9),
                            ],
                        },
                        flatten: false,
                        default: ::core::option::Option::None,
                        line: 0,
                    },
                    ::publisher_core::__private::Field {
                        name: "parent",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<Option<
                            Box<::publisher_core::__private::ByName<Category<'a>>>,
                        > as ::publisher_core::__private::EventData>::SHAPE,
                        flatten: false,
                        default: ::core::option::Option::None,
                        line: 0,
                    },
                    ::publisher_core::__private::Field {
                        name: "by_name",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<HashMap<
                            String,
                            ::publisher_core::__private::ByName<Category<'a>>,
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
            if checker.descend(at) {
                <&'a str as ::publisher_core::__private::EventData>::check(
                    &self.name,
                    &::publisher_core::__private::Path::Field(at, "name"),
                    checker,
                );
                {
                    let at = &::publisher_core::__private::Path::Field(at, "children");
                    <Vec<
                        Category<'a>,
                    > as ::publisher_core::__private::EventData>::check(
                        &self.children,
                        at,
                        checker,
                    );
                    ::publisher_core::__private::max_items(
                        &self.children,
                        9,
                        at,
                        checker,
                    );
                }
                <Option<
                    Box<Category<'a>>,
                > as ::publisher_core::__private::EventData>::check(
                    &self.parent,
                    &::publisher_core::__private::Path::Field(at, "parent"),
                    checker,
                );
                <HashMap<
                    String,
                    Category<'a>,
                > as ::publisher_core::__private::EventData>::check(
                    &self.by_name,
                    &::publisher_core::__private::Path::Field(at, "by_name"),
                    checker,
                );
                checker.ascend();
            }
        }
        #[inline]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            <&'a str as ::publisher_core::__private::EventData>::encode_avro(
                &self.name,
                out,
            );
            <Vec<
                Category<'a>,
            > as ::publisher_core::__private::EventData>::encode_avro(
                &self.children,
                out,
            );
            <Option<
                Box<Category<'a>>,
            > as ::publisher_core::__private::EventData>::encode_avro(&self.parent, out);
            <HashMap<
                String,
                Category<'a>,
            > as ::publisher_core::__private::EventData>::encode_avro(
                &self.by_name,
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
    impl<'a> ::publisher_core::__private::RecordData for Category<'a> {
        const NAME: &'static str = "Category";
        const NAMESPACE: ::core::option::Option<&'static str> = ::core::option::Option::None;
        #[inline]
        fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
            out.extend_from_slice(b"\"name\":");
            <&'a str as ::publisher_core::__private::EventData>::encode_json(
                &self.name,
                out,
            );
            out.extend_from_slice(b",\"children\":");
            <Vec<
                Category<'a>,
            > as ::publisher_core::__private::EventData>::encode_json(
                &self.children,
                out,
            );
            out.extend_from_slice(b",\"parent\":");
            <Option<
                Box<Category<'a>>,
            > as ::publisher_core::__private::EventData>::encode_json(&self.parent, out);
            out.extend_from_slice(b",\"by_name\":");
            <HashMap<
                String,
                Category<'a>,
            > as ::publisher_core::__private::EventData>::encode_json(
                &self.by_name,
                out,
            );
        }
    }
    const _: () = ::publisher_core::__private::assert_items(
        &<Vec<Category<'static>> as ::publisher_core::__private::EventData>::SHAPE,
    );
};
const _: () = {
    #[automatically_derived]
    impl ::publisher_core::__private::EventData for Employee {
        const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Record(
            &::publisher_core::__private::Record {
                name: "Employee",
                namespace: ::core::option::Option::None,
                doc: ::core::option::Option::None,
                aliases: &[],
                shared: false,
                fields: &[
                    ::publisher_core::__private::Field {
                        name: "department",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<Option<
                            Box<::publisher_core::__private::ByName<org::Department>>,
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
            if checker.descend(at) {
                <Option<
                    Box<org::Department>,
                > as ::publisher_core::__private::EventData>::check(
                    &self.department,
                    &::publisher_core::__private::Path::Field(at, "department"),
                    checker,
                );
                checker.ascend();
            }
        }
        #[inline]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            <Option<
                Box<org::Department>,
            > as ::publisher_core::__private::EventData>::encode_avro(
                &self.department,
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
    impl ::publisher_core::__private::RecordData for Employee {
        const NAME: &'static str = "Employee";
        const NAMESPACE: ::core::option::Option<&'static str> = ::core::option::Option::None;
        #[inline]
        fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
            out.extend_from_slice(b"\"department\":");
            <Option<
                Box<org::Department>,
            > as ::publisher_core::__private::EventData>::encode_json(
                &self.department,
                out,
            );
        }
    }
};
const _: () = {
    #[automatically_derived]
    impl ::publisher_core::__private::EventData for Departments {
        const SHAPE: ::publisher_core::__private::Shape = <Vec<
            ::publisher_core::__private::ByName<Department>,
        > as ::publisher_core::__private::EventData>::SHAPE;
        const CHECKED: bool = <Vec<
            ::publisher_core::__private::ByName<Department>,
        > as ::publisher_core::__private::EventData>::CHECKED;
        #[inline(always)]
        fn check(
            &self,
            at: &::publisher_core::__private::Path<'_>,
            checker: &mut ::publisher_core::__private::Checker,
        ) {
            if checker.descend(at) {
                <Vec<
                    Department,
                > as ::publisher_core::__private::EventData>::check(
                    &self.0,
                    at,
                    checker,
                );
                checker.ascend();
            }
        }
        #[inline(always)]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            <Vec<
                Department,
            > as ::publisher_core::__private::EventData>::encode_avro(&self.0, out);
        }
        #[inline(always)]
        fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
            <Vec<
                Department,
            > as ::publisher_core::__private::EventData>::encode_json(&self.0, out);
        }
        #[inline(always)]
        fn encode_avro_value_first(&self, out: &mut ::std::vec::Vec<u8>) {
            <Vec<
                Department,
            > as ::publisher_core::__private::EventData>::encode_avro_value_first(
                &self.0,
                out,
            );
        }
        #[inline(always)]
        fn encode_avro_some(&self, out: &mut ::std::vec::Vec<u8>) {
            <Vec<
                Department,
            > as ::publisher_core::__private::EventData>::encode_avro_some(&self.0, out);
        }
    }
    #[automatically_derived]
    impl<__Form: ?::core::marker::Sized> ::publisher_core::__private::EventKey<__Form>
    for Departments
    where
        for<'__derive> Vec<Department>: ::publisher_core::__private::EventKey<__Form>,
    {
        fn write_key(&self, out: &mut ::std::vec::Vec<u8>) {
            <Vec<
                Department,
            > as ::publisher_core::__private::EventKey<__Form>>::write_key(&self.0, out);
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::EventTime for Departments
    where
        for<'__derive> Vec<Department>: ::publisher_core::__private::EventTime,
    {
        fn timestamp_ms(&self) -> ::core::option::Option<i64> {
            <Vec<
                Department,
            > as ::publisher_core::__private::EventTime>::timestamp_ms(&self.0)
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::Numeric for Departments
    where
        for<'__derive> Vec<Department>: ::publisher_core::__private::Numeric,
    {
        #[inline]
        fn satisfies(
            &self,
            bound: &::publisher_core::__private::Bound,
            accept: fn(::core::cmp::Ordering) -> bool,
        ) -> bool {
            <Vec<
                Department,
            > as ::publisher_core::__private::Numeric>::satisfies(&self.0, bound, accept)
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::Textual for Departments
    where
        for<'__derive> Vec<Department>: ::publisher_core::__private::Textual,
    {
        fn text(&self) -> ::core::option::Option<&str> {
            <Vec<Department> as ::publisher_core::__private::Textual>::text(&self.0)
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::Countable for Departments
    where
        for<'__derive> Vec<Department>: ::publisher_core::__private::Countable,
    {
        fn count(&self) -> ::core::option::Option<usize> {
            <Vec<Department> as ::publisher_core::__private::Countable>::count(&self.0)
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::MapKey for Departments
    where
        for<'__derive> Vec<Department>: ::publisher_core::__private::MapKey,
    {
        fn as_text(&self) -> &str {
            <Vec<Department> as ::publisher_core::__private::MapKey>::as_text(&self.0)
        }
    }
};
