const _: () = {
    #[automatically_derived]
    impl ::publisher_core::__private::EventData for Status {
        const SHAPE: ::publisher_core::__private::Shape = ::publisher_core::__private::Shape::Enum(
            &::publisher_core::__private::Enum {
                name: "Status",
                namespace: ::core::option::Option::Some("com.acme"),
                doc: ::core::option::Option::Some("How far the order is."),
                aliases: &[],
                shared: false,
                symbols: &["NEW", "PAID_IN_FULL", "OTHER"],
                default: ::core::option::Option::Some("OTHER"),
            },
        );
        const CHECKED: bool = false;
        #[inline]
        fn encode_avro(&self, out: &mut ::std::vec::Vec<u8>) {
            let number = match self {
                Self::New => 0,
                Self::PaidInFull => 1,
                Self::Unknown => 2,
            };
            ::publisher_core::__private::avro::long(number, out);
        }
        #[inline]
        fn encode_json(&self, out: &mut ::std::vec::Vec<u8>) {
            let text = match self {
                Self::New => "\"NEW\"",
                Self::PaidInFull => "\"PAID_IN_FULL\"",
                Self::Unknown => "\"OTHER\"",
            };
            out.extend_from_slice(text.as_bytes());
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::EventData<::publisher_core::__private::AsString>
    for Status {
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
    impl ::publisher_core::__private::MapKey for Status {
        #[inline]
        fn as_text(&self) -> &str {
            match self {
                Self::New => "NEW",
                Self::PaidInFull => "PAID_IN_FULL",
                Self::Unknown => "OTHER",
            }
        }
    }
    #[automatically_derived]
    impl ::publisher_core::__private::EventKey for Status {
        fn write_key(&self, out: &mut ::std::vec::Vec<u8>) {
            out.extend_from_slice(
                ::publisher_core::__private::MapKey::as_text(self).as_bytes(),
            );
        }
    }
};
