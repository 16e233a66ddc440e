const _: () = {
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::EventData for TenantOrder<'a> {
        const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Record(
            &::publisher_core::__private::Record {
                name: "TenantOrder",
                namespace: ::core::option::Option::None,
                doc: ::core::option::Option::None,
                aliases: &[],
                shared: false,
                fields: &[
                    ::publisher_core::__private::Field {
                        name: "tenant",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<&'a str as ::publisher_core::__private::EventData>::SHAPE,
                        flatten: false,
                        default: ::core::option::Option::None,
                        line: 0,
                    },
                    ::publisher_core::__private::Field {
                        name: "order_id",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<u32 as ::publisher_core::__private::EventData>::SHAPE,
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
                &self.tenant,
                &::publisher_core::__private::Path::Field(at, "tenant"),
                checker,
            );
            <u32 as ::publisher_core::__private::EventData>::check(
                &self.order_id,
                &::publisher_core::__private::Path::Field(at, "order_id"),
                checker,
            );
        }
        #[inline]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            <&'a str as ::publisher_core::__private::EventData>::encode_avro(
                &self.tenant,
                out,
            );
            <u32 as ::publisher_core::__private::EventData>::encode_avro(
                &self.order_id,
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
    impl<'a> ::publisher_core::__private::RecordData for TenantOrder<'a> {
        const NAME: &'static str = "TenantOrder";
        const NAMESPACE: ::core::option::Option<&'static str> = ::core::option::Option::None;
        #[inline]
        fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
            out.extend_from_slice(b"\"tenant\":");
            <&'a str as ::publisher_core::__private::EventData>::encode_json(
                &self.tenant,
                out,
            );
            out.extend_from_slice(b",\"order_id\":");
            <u32 as ::publisher_core::__private::EventData>::encode_json(
                &self.order_id,
                out,
            );
        }
    }
};
const _: () = {
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::EventData for OrderPlaced<'a> {
        const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Record(
            &::publisher_core::__private::Record {
                name: "OrderPlaced",
                namespace: ::core::option::Option::Some("com.acme.orders"),
                doc: ::core::option::Option::None,
                aliases: &[],
                shared: false,
                fields: &[
                    ::publisher_core::__private::Field {
                        name: "id",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<TenantOrder<
                            'a,
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
            <TenantOrder<
                'a,
            > as ::publisher_core::__private::EventData>::check(
                &self.id,
                &::publisher_core::__private::Path::Field(at, "id"),
                checker,
            );
        }
        #[inline]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            <TenantOrder<
                'a,
            > as ::publisher_core::__private::EventData>::encode_avro(&self.id, out);
        }
        #[inline]
        fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
            out.push(b'{');
            ::publisher_core::__private::RecordData::encode_json_members(self, out);
            out.push(b'}');
        }
    }
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::RecordData for OrderPlaced<'a> {
        const NAME: &'static str = "OrderPlaced";
        const NAMESPACE: ::core::option::Option<&'static str> = ::core::option::Option::Some(
            "com.acme.orders",
        );
        #[inline]
        fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
            out.extend_from_slice(b"\"id\":");
            <TenantOrder<
                'a,
            > as ::publisher_core::__private::EventData>::encode_json(&self.id, out);
        }
    }
    static TYPE: ::publisher_core::__private::EventType = ::publisher_core::__private::EventType::new(::publisher_core::__private::EventSpec {
        name: "com.acme.orders.OrderPlaced",
        namespace: "com.acme.orders",
        topic: "orders",
        version: 1,
        encoding: ::publisher_core::__private::Encoding::Avro,
        model: ::publisher_core::__private::JsonModel::Closed,
        format_keyword: false,
        key: ::core::option::Option::Some(
            ::publisher_core::__private::KeyFormat::Avro(
                &<TenantOrder<'static> as ::publisher_core::__private::EventData>::SHAPE,
            ),
        ),
        shape: &<OrderPlaced<'static> as ::publisher_core::__private::EventData>::SHAPE,
    });
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::Event for OrderPlaced<'a> {
        fn event_type(&self) -> &'static ::publisher_core::__private::EventType {
            &TYPE
        }
        fn key(&self, out: &mut ::std::vec::Vec<u8>) {
            ::publisher_core::__private::write_key::<Self>(&self.id, out);
        }
        fn write(
            &self,
            out: &mut ::std::vec::Vec<u8>,
        ) -> ::core::result::Result<(), ::publisher_core::__private::Violations> {
            ::publisher_core::__private::write_avro(self, TYPE.name(), out)
        }
    }
    #[automatically_derived]
    impl<'a> ::publisher_core::__private::EventTypes for OrderPlaced<'a> {
        type Key = TenantOrder<'a>;
        type KeyForm = ::publisher_core::__private::AvroKey;
        fn types() -> ::std::vec::Vec<&'static ::publisher_core::__private::EventType> {
            <[_]>::to_vec(&[&TYPE])
        }
    }
    #[allow(long_running_const_eval)]
    const _: () = ::publisher_core::__private::assert_one_definition_per_name(
        &<OrderPlaced<'static> as ::publisher_core::__private::EventData>::SHAPE,
        "com.acme.orders",
    );
    const _: () = ::publisher_core::__private::assert_key(
        &<TenantOrder<'static> as ::publisher_core::__private::EventData>::SHAPE,
    );
};
const _: () = {
    #[automatically_derived]
    impl ::publisher_core::__private::EventData for MeterRead {
        const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Record(
            &::publisher_core::__private::Record {
                name: "MeterRead",
                namespace: ::core::option::Option::Some("com.acme.meters"),
                doc: ::core::option::Option::None,
                aliases: &[],
                shared: false,
                fields: &[
                    ::publisher_core::__private::Field {
                        name: "meter",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<i32 as ::publisher_core::__private::EventData>::SHAPE,
                        flatten: false,
                        default: ::core::option::Option::None,
                        line: 0,
                    },
                    ::publisher_core::__private::Field {
                        name: "watts",
                        doc: ::core::option::Option::None,
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
            <i32 as ::publisher_core::__private::EventData>::check(
                &self.meter,
                &::publisher_core::__private::Path::Field(at, "meter"),
                checker,
            );
            {
                let at = &::publisher_core::__private::Path::Field(at, "watts");
                <i64 as ::publisher_core::__private::EventData>::check(
                    &self.watts,
                    at,
                    checker,
                );
                ::publisher_core::__private::min(
                    &self.watts,
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
        }
        #[inline]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            <i32 as ::publisher_core::__private::EventData>::encode_avro(
                &self.meter,
                out,
            );
            <i64 as ::publisher_core::__private::EventData>::encode_avro(
                &self.watts,
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
    impl ::publisher_core::__private::RecordData for MeterRead {
        const NAME: &'static str = "MeterRead";
        const NAMESPACE: ::core::option::Option<&'static str> = ::core::option::Option::Some(
            "com.acme.meters",
        );
        #[inline]
        fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
            out.extend_from_slice(b"\"meter\":");
            <i32 as ::publisher_core::__private::EventData>::encode_json(
                &self.meter,
                out,
            );
            out.extend_from_slice(b",\"watts\":");
            <i64 as ::publisher_core::__private::EventData>::encode_json(
                &self.watts,
                out,
            );
        }
    }
    static TYPE: ::publisher_core::__private::EventType = ::publisher_core::__private::EventType::new(::publisher_core::__private::EventSpec {
        name: "com.acme.meters.MeterRead",
        namespace: "com.acme.meters",
        topic: "readings",
        version: 1,
        encoding: ::publisher_core::__private::Encoding::Avro,
        model: ::publisher_core::__private::JsonModel::Closed,
        format_keyword: false,
        key: ::core::option::Option::Some(
            ::publisher_core::__private::KeyFormat::BigEndian,
        ),
        shape: &<MeterRead as ::publisher_core::__private::EventData>::SHAPE,
    });
    #[automatically_derived]
    impl ::publisher_core::__private::Event for MeterRead {
        fn event_type(&self) -> &'static ::publisher_core::__private::EventType {
            &TYPE
        }
        fn key(&self, out: &mut ::std::vec::Vec<u8>) {
            ::publisher_core::__private::write_key::<Self>(&self.meter, out);
        }
        fn write(
            &self,
            out: &mut ::std::vec::Vec<u8>,
        ) -> ::core::result::Result<(), ::publisher_core::__private::Violations> {
            ::publisher_core::__private::write_avro(self, TYPE.name(), out)
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::EventTypes for MeterRead {
        type Key = i32;
        type KeyForm = ::publisher_core::__private::BigEndianKey;
        fn types() -> ::std::vec::Vec<&'static ::publisher_core::__private::EventType> {
            <[_]>::to_vec(&[&TYPE])
        }
    }
    #[allow(long_running_const_eval)]
    const _: () = ::publisher_core::__private::assert_one_definition_per_name(
        &<MeterRead as ::publisher_core::__private::EventData>::SHAPE,
        "com.acme.meters",
    );
};
const _: () = {
    #[allow(non_camel_case_types, non_snake_case)]
    struct __ScanSeen<'__event> {
        tag: &'__event Vec<u8>,
    }
    const _: () = {
        #[automatically_derived]
        impl<'__event> ::publisher_core::__private::EventData for __ScanSeen<'__event> {
            const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Record(
                &::publisher_core::__private::Record {
                    name: "ScanSeen",
                    namespace: ::core::option::Option::Some("com.acme.scans"),
                    doc: ::core::option::Option::None,
                    aliases: &[],
                    shared: false,
                    fields: &[
                        ::publisher_core::__private::Field {
                            name: "tag",
                            doc: ::core::option::Option::None,
                            aliases: &[],
                            shape: &<Vec<
                                u8,
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
                <Vec<
                    u8,
                > as ::publisher_core::__private::EventData>::check(
                    self.tag,
                    &::publisher_core::__private::Path::Field(at, "tag"),
                    checker,
                );
            }
            #[inline]
            fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
                <Vec<
                    u8,
                > as ::publisher_core::__private::EventData>::encode_avro(self.tag, out);
            }
            #[inline]
            fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
                out.push(b'{');
                ::publisher_core::__private::RecordData::encode_json_members(self, out);
                out.push(b'}');
            }
        }
        #[automatically_derived]
        impl<'__event> ::publisher_core::__private::RecordData for __ScanSeen<'__event> {
            const NAME: &'static str = "ScanSeen";
            const NAMESPACE: ::core::option::Option<&'static str> = ::core::option::Option::Some(
                "com.acme.scans",
            );
            #[inline]
            fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
                out.extend_from_slice(b"\"tag\":");
                <Vec<
                    u8,
                > as ::publisher_core::__private::EventData>::encode_json(self.tag, out);
            }
        }
        static TYPE: ::publisher_core::__private::EventType = ::publisher_core::__private::EventType::new(::publisher_core::__private::EventSpec {
            name: "com.acme.scans.ScanSeen",
            namespace: "com.acme.scans",
            topic: "scans",
            version: 1,
            encoding: ::publisher_core::__private::Encoding::Avro,
            model: ::publisher_core::__private::JsonModel::Closed,
            format_keyword: false,
            key: ::core::option::Option::Some(
                ::publisher_core::__private::KeyFormat::Raw,
            ),
            shape: &<__ScanSeen<
                'static,
            > as ::publisher_core::__private::EventData>::SHAPE,
        });
        #[automatically_derived]
        impl<'__event> ::publisher_core::__private::Event for __ScanSeen<'__event> {
            fn event_type(&self) -> &'static ::publisher_core::__private::EventType {
                &TYPE
            }
            fn key(&self, out: &mut ::std::vec::Vec<u8>) {
                ::publisher_core::__private::write_key::<Self>(self.tag, out);
            }
            fn write(
                &self,
                out: &mut ::std::vec::Vec<u8>,
            ) -> ::core::result::Result<(), ::publisher_core::__private::Violations> {
                ::publisher_core::__private::write_avro(self, TYPE.name(), out)
            }
        }
        #[automatically_derived]
        impl<'__event> ::publisher_core::__private::EventTypes for __ScanSeen<'__event> {
            type Key = Vec<u8>;
            type KeyForm = ::publisher_core::__private::RawKey;
            fn types() -> ::std::vec::Vec<
                &'static ::publisher_core::__private::EventType,
            > {
                <[_]>::to_vec(&[&TYPE])
            }
        }
        #[allow(long_running_const_eval)]
        const _: () = ::publisher_core::__private::assert_one_definition_per_name(
            &<__ScanSeen<'static> as ::publisher_core::__private::EventData>::SHAPE,
            "com.acme.scans",
        );
    };
    #[allow(non_camel_case_types, non_snake_case)]
    struct __ScanLost<'__event> {
        tag: &'__event Vec<u8>,
    }
    const _: () = {
        #[automatically_derived]
        impl<'__event> ::publisher_core::__private::EventData for __ScanLost<'__event> {
            const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Record(
                &::publisher_core::__private::Record {
                    name: "ScanLost",
                    namespace: ::core::option::Option::Some("com.acme.scans"),
                    doc: ::core::option::Option::None,
                    aliases: &[],
                    shared: false,
                    fields: &[
                        ::publisher_core::__private::Field {
                            name: "tag",
                            doc: ::core::option::Option::None,
                            aliases: &[],
                            shape: &<Vec<
                                u8,
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
                <Vec<
                    u8,
                > as ::publisher_core::__private::EventData>::check(
                    self.tag,
                    &::publisher_core::__private::Path::Field(at, "tag"),
                    checker,
                );
            }
            #[inline]
            fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
                <Vec<
                    u8,
                > as ::publisher_core::__private::EventData>::encode_avro(self.tag, out);
            }
            #[inline]
            fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
                out.push(b'{');
                ::publisher_core::__private::RecordData::encode_json_members(self, out);
                out.push(b'}');
            }
        }
        #[automatically_derived]
        impl<'__event> ::publisher_core::__private::RecordData for __ScanLost<'__event> {
            const NAME: &'static str = "ScanLost";
            const NAMESPACE: ::core::option::Option<&'static str> = ::core::option::Option::Some(
                "com.acme.scans",
            );
            #[inline]
            fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
                out.extend_from_slice(b"\"tag\":");
                <Vec<
                    u8,
                > as ::publisher_core::__private::EventData>::encode_json(self.tag, out);
            }
        }
        static TYPE: ::publisher_core::__private::EventType = ::publisher_core::__private::EventType::new(::publisher_core::__private::EventSpec {
            name: "com.acme.scans.ScanLost",
            namespace: "com.acme.scans",
            topic: "scans",
            version: 1,
            encoding: ::publisher_core::__private::Encoding::Avro,
            model: ::publisher_core::__private::JsonModel::Closed,
            format_keyword: false,
            key: ::core::option::Option::Some(
                ::publisher_core::__private::KeyFormat::Raw,
            ),
            shape: &<__ScanLost<
                'static,
            > as ::publisher_core::__private::EventData>::SHAPE,
        });
        #[automatically_derived]
        impl<'__event> ::publisher_core::__private::Event for __ScanLost<'__event> {
            fn event_type(&self) -> &'static ::publisher_core::__private::EventType {
                &TYPE
            }
            fn key(&self, out: &mut ::std::vec::Vec<u8>) {
                ::publisher_core::__private::write_key::<Self>(self.tag, out);
            }
            fn write(
                &self,
                out: &mut ::std::vec::Vec<u8>,
            ) -> ::core::result::Result<(), ::publisher_core::__private::Violations> {
                ::publisher_core::__private::write_avro(self, TYPE.name(), out)
            }
        }
        #[automatically_derived]
        impl<'__event> ::publisher_core::__private::EventTypes for __ScanLost<'__event> {
            type Key = Vec<u8>;
            type KeyForm = ::publisher_core::__private::RawKey;
            fn types() -> ::std::vec::Vec<
                &'static ::publisher_core::__private::EventType,
            > {
                <[_]>::to_vec(&[&TYPE])
            }
        }
        #[allow(long_running_const_eval)]
        const _: () = ::publisher_core::__private::assert_one_definition_per_name(
            &<__ScanLost<'static> as ::publisher_core::__private::EventData>::SHAPE,
            "com.acme.scans",
        );
    };
    #[automatically_derived]
    impl ::publisher_core::__private::Event for Scan {
        fn event_type(&self) -> &'static ::publisher_core::__private::EventType {
            match self {
                Self::Seen { tag } => {
                    ::publisher_core::__private::Event::event_type(&__ScanSeen { tag })
                }
                Self::Lost { tag } => {
                    ::publisher_core::__private::Event::event_type(&__ScanLost { tag })
                }
            }
        }
        fn key(&self, out: &mut ::std::vec::Vec<u8>) {
            match self {
                Self::Seen { tag } => {
                    ::publisher_core::__private::Event::key(&__ScanSeen { tag }, out)
                }
                Self::Lost { tag } => {
                    ::publisher_core::__private::Event::key(&__ScanLost { tag }, out)
                }
            }
        }
        fn timestamp_ms(&self) -> ::core::option::Option<i64> {
            match self {
                Self::Seen { tag } => {
                    ::publisher_core::__private::Event::timestamp_ms(&__ScanSeen { tag })
                }
                Self::Lost { tag } => {
                    ::publisher_core::__private::Event::timestamp_ms(&__ScanLost { tag })
                }
            }
        }
        fn write(
            &self,
            out: &mut ::std::vec::Vec<u8>,
        ) -> ::core::result::Result<(), ::publisher_core::__private::Violations> {
            match self {
                Self::Seen { tag } => {
                    ::publisher_core::__private::Event::write(&__ScanSeen { tag }, out)
                }
                Self::Lost { tag } => {
                    ::publisher_core::__private::Event::write(&__ScanLost { tag }, out)
                }
            }
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::EventTypes for Scan {
        type Key = Vec<u8>;
        type KeyForm = ::publisher_core::__private::RawKey;
        fn types() -> ::std::vec::Vec<&'static ::publisher_core::__private::EventType> {
            <[_]>::concat(
                &[
                    <__ScanSeen<
                        'static,
                    > as ::publisher_core::__private::EventTypes>::types(),
                    <__ScanLost<
                        'static,
                    > as ::publisher_core::__private::EventTypes>::types(),
                ],
            )
        }
    }
    const _: () = ::publisher_core::__private::assert_same_key::<
        Vec<u8>,
        ::publisher_core::__private::RawKey,
        Vec<u8>,
        ::publisher_core::__private::RawKey,
    >();
};
