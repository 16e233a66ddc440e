//! [`Waiting`]: a call of any form that waits for its end, which is taken down, and so is that nobody waited for it.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use publisher_core::{Delivery, Enqueuing, Pending, PublishError, Publishing};

use crate::checker::Recorder;
use crate::counted::Call;

/// A call that waits for its end. Dropping it is noted: its caller knows nothing then.
pub struct Waiting {
    form: Form,
    call: Call,
    recorder: Recorder,
    answered: bool,
}

pub(super) enum Form {
    Publishing(Publishing),
    Enqueuing(Enqueuing),
    Pending(Pending),
    /// The call itself said that the publisher has stopped.
    Stopped,
}

impl Waiting {
    pub(super) fn new(form: Form, call: Call, recorder: Recorder) -> Self {
        Self {
            form,
            call,
            recorder,
            answered: false,
        }
    }
}

impl Future for Waiting {
    type Output = Result<Delivery, PublishError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let answer = loop {
            match &mut this.form {
                Form::Publishing(publishing) => break Pin::new(publishing).poll(context),
                Form::Pending(pending) => break Pin::new(pending).poll(context),
                Form::Stopped => break Poll::Ready(Err(PublishError::ShutDown)),
                Form::Enqueuing(enqueuing) => match Pin::new(enqueuing).poll(context) {
                    Poll::Ready(Ok(pending)) => this.form = Form::Pending(pending),
                    Poll::Ready(Err(error)) => break Poll::Ready(Err(error)),
                    Poll::Pending => break Poll::Pending,
                },
            }
        };
        if let Poll::Ready(answer) = &answer {
            this.recorder.answered(&this.call, answer.as_ref());
            this.answered = true;
        }
        answer
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if !self.answered {
            self.recorder.left(&self.call);
        }
    }
}
