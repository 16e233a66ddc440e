const _: () = {
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::EventData for TaskCompleted<'a> {
        const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Record(
            &::publisher_core::__private::Record {
                name: "TaskCompleted",
                namespace: ::core::option::Option::Some("com.acme.tasks"),
                doc: ::core::option::Option::None,
                aliases: &[],
                shared: false,
                fields: &[
                    ::publisher_core::__private::Field {
                        name: "task_id",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<u32 as ::publisher_core::__private::EventData>::SHAPE,
                        flatten: false,
                        default: ::core::option::Option::None,
                        line: 0,
                    },
                    ::publisher_core::__private::Field {
                        name: "result",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<Option<
                            &'a str,
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
            <u32 as ::publisher_core::__private::EventData>::check(
                &self.task_id,
                &::publisher_core::__private::Path::Field(at, "task_id"),
                checker,
            );
            <Option<
                &'a str,
            > as ::publisher_core::__private::EventData>::check(
                &self.result,
                &::publisher_core::__private::Path::Field(at, "result"),
                checker,
            );
        }
        #[inline]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            <u32 as ::publisher_core::__private::EventData>::encode_avro(
                &self.task_id,
                out,
            );
            <Option<
                &'a str,
            > as ::publisher_core::__private::EventData>::encode_avro(&self.result, out);
        }
        #[inline]
        fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
            out.push(b'{');
            ::publisher_core::__private::RecordData::encode_json_members(self, out);
            out.push(b'}');
        }
    }
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::RecordData for TaskCompleted<'a> {
        const NAME: &'static str = "TaskCompleted";
        const NAMESPACE: ::core::option::Option<&'static str> = ::core::option::Option::Some(
            "com.acme.tasks",
        );
        #[inline]
        fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
            out.extend_from_slice(b"\"task_id\":");
            <u32 as ::publisher_core::__private::EventData>::encode_json(
                &self.task_id,
                out,
            );
            out.extend_from_slice(b",\"result\":");
            <Option<
                &'a str,
            > as ::publisher_core::__private::EventData>::encode_json(&self.result, out);
        }
    }
    const _: ::core::option::Option<&'static str> = ::core::option_env!(
        "PUBLISHER_SCHEMAS"
    );
    const _: &[u8] = ::core::include_bytes!(
        "$ROOT/tests/expand/com.acme.tasks.TaskCompleted.avsc"
    );
    const _: () = ::publisher_core::__private::assert_avro_field(
        &<TaskCompleted<'static> as ::publisher_core::__private::EventData>::SHAPE,
        0,
        "com.acme.tasks",
        &[
            ::publisher_core::__private::AvroField {
                name: "task_id",
                ty: ::publisher_core::__private::AvroType::Primitive("long"),
                default: ::publisher_core::__private::Default::None,
            },
        ],
        "tests/expand/com.acme.tasks.TaskCompleted.avsc",
    );
    const _: () = ::publisher_core::__private::assert_avro_field(
        &<TaskCompleted<'static> as ::publisher_core::__private::EventData>::SHAPE,
        1,
        "com.acme.tasks",
        &[
            ::publisher_core::__private::AvroField {
                name: "result",
                ty: ::publisher_core::__private::AvroType::Union(
                    &[
                        ::publisher_core::__private::AvroType::Null,
                        ::publisher_core::__private::AvroType::Primitive("string"),
                    ],
                ),
                default: ::publisher_core::__private::Default::Null,
            },
        ],
        "tests/expand/com.acme.tasks.TaskCompleted.avsc",
    );
    static TYPE: ::publisher_core::__private::EventType = ::publisher_core::__private::EventType::new(::publisher_core::__private::EventSpec {
        name: "com.acme.tasks.TaskCompleted",
        namespace: "com.acme.tasks",
        topic: "tasks",
        version: 1,
        encoding: ::publisher_core::__private::Encoding::Avro,
        model: ::publisher_core::__private::JsonModel::Closed,
        format_keyword: false,
        key: ::core::option::Option::Some(::publisher_core::__private::KeyFormat::Text),
        shape: &<TaskCompleted<'static> as ::publisher_core::__private::EventData>::SHAPE,
    });
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::Event for TaskCompleted<'a> {
        fn event_type(&self) -> &'static ::publisher_core::__private::EventType {
            &TYPE
        }
        fn key(&self, out: &mut ::std::vec::Vec<u8>) {
            ::publisher_core::__private::write_key::<Self>(&self.task_id, out);
        }
        fn write(
            &self,
            out: &mut ::std::vec::Vec<u8>,
        ) -> ::core::result::Result<(), ::publisher_core::__private::Violations> {
            ::publisher_core::__private::write_avro(self, TYPE.name(), out)
        }
    }
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::EventTypes for TaskCompleted<'a> {
        type Key = u32;
        type KeyForm = ::publisher_core::__private::TextKey;
        fn types() -> ::std::vec::Vec<&'static ::publisher_core::__private::EventType> {
            <[_]>::to_vec(&[&TYPE])
        }
    }
    #[allow(long_running_const_eval)]
    const _: () = ::publisher_core::__private::assert_one_definition_per_name(
        &<TaskCompleted<'static> as ::publisher_core::__private::EventData>::SHAPE,
        "com.acme.tasks",
    );
};
#[cfg(test)]
#[::core::prelude::v1::test]
#[allow(non_snake_case)]
fn __schema_of_TaskCompleted() {
    ::publisher_core::__private::check_committed(
        &<TaskCompleted<'static> as ::publisher_core::__private::EventTypes>::types(),
        &::publisher_core::__private::CommittedSchema {
            name: "com.acme.tasks.TaskCompleted",
            file: "tests/expand/com.acme.tasks.TaskCompleted.avsc",
            path: "$ROOT/tests/expand/com.acme.tasks.TaskCompleted.avsc",
            mode: ::core::option_env!("PUBLISHER_SCHEMAS"),
            source: (::core::file!(), ::core::line!()),
        },
    );
}
