const _: () = {
    #[automatically_derived]
    impl ::publisher_core::__private::EventData for Address {
        const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Record(
            &::publisher_core::__private::Record {
                name: "Address",
                namespace: ::core::option::Option::Some("com.acme"),
                doc: ::core::option::Option::Some("Where somebody lives."),
                aliases: &[],
                shared: true,
                fields: &[
                    ::publisher_core::__private::Field {
                        name: "street",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<String as ::publisher_core::__private::EventData>::SHAPE,
                        flatten: false,
                        default: ::core::option::Option::None,
                        line: 0,
                    },
                    ::publisher_core::__private::Field {
                        name: "country",
                        doc: ::core::option::Option::None,
                        aliases: &[],
                        shape: &<Country as ::publisher_core::__private::EventData>::SHAPE,
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
            <String as ::publisher_core::__private::EventData>::check(
                &self.street,
                &::publisher_core::__private::Path::Field(at, "street"),
                checker,
            );
            <Country as ::publisher_core::__private::EventData>::check(
                &self.country,
                &::publisher_core::__private::Path::Field(at, "country"),
                checker,
            );
        }
        #[inline]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            <String as ::publisher_core::__private::EventData>::encode_avro(
                &self.street,
                out,
            );
            <Country as ::publisher_core::__private::EventData>::encode_avro(
                &self.country,
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
    impl ::publisher_core::__private::RecordData for Address {
        const NAME: &'static str = "Address";
        const NAMESPACE: ::core::option::Option<&'static str> = ::core::option::Option::Some(
            "com.acme",
        );
        const SHARED: bool = true;
        #[inline]
        fn encode_json_members(&self, out: &mut ::std::vec::Vec<u8>) {
            out.extend_from_slice(b"\"street\":");
            <String as ::publisher_core::__private::EventData>::encode_json(
                &self.street,
                out,
            );
            out.extend_from_slice(b",\"country\":");
            <Country as ::publisher_core::__private::EventData>::encode_json(
                &self.country,
                out,
            );
        }
    }
};
const _: () = {
    #[automatically_derived]
    impl ::publisher_core::__private::EventData for Country {
        const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Enum(
            &::publisher_core::__private::Enum {
                name: "Country",
                namespace: ::core::option::Option::Some("com.acme.geo"),
                doc: ::core::option::Option::None,
                aliases: &[],
                shared: true,
                symbols: &["DE", "FR"],
                default: ::core::option::Option::None,
            },
        );
        const CHECKED: bool = false;
        #[inline]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            let number = match self {
                Self::DE => 0,
                Self::FR => 1,
            };
            ::publisher_core::__private::avro::long(number, out);
        }
        #[inline]
        fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
            let text = match self {
                Self::DE => "\"DE\"",
                Self::FR => "\"FR\"",
            };
            out.extend_from_slice(text.as_bytes());
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::EventData<::publisher_core::__private::AsString>
    for Country {
        const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::String;
        const CHECKED: bool = false;
        #[inline]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            ::publisher_core::__private::avro::bytes(
                ::publisher_core::__private::MapKey::as_text(self).as_bytes(),
                out,
            );
        }
        #[inline]
        fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
            <Self as ::publisher_core::__private::EventData>::encode_json(self, out);
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::MapKey for Country {
        #[inline]
        fn as_text(&self) -> &str {
            match self {
                Self::DE => "DE",
                Self::FR => "FR",
            }
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::EventKey for Country {
        fn write_key(&self, out: &mut ::std::vec::Vec<u8>) {
            out.extend_from_slice(
                ::publisher_core::__private::MapKey::as_text(self).as_bytes(),
            );
        }
    }
};
