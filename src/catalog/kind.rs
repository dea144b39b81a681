//! Which kinds there are: names alone, so that a field can say which kinds it refers to without knowing what they are.

macro_rules! names {
    ($($module:ident :: $kind:ident),* $(,)?) => {
        /// Every kind of resource.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $(#[doc = concat!("See [`", stringify!($kind), "`](struct@crate::catalog::kinds::", stringify!($kind), ").")] $kind,)*
        }

        impl Kind {
            /// All kinds, in the palette's order.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];
        }
    };
}

every_kind!(names);
