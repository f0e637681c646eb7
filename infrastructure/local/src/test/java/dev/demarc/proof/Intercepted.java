package dev.demarc.proof;

import dev.demarc.pipeline.ProviderReader;
import dev.demarc.record.CentralStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/** Puts something between a port and its callers: a fault, a count, a protection switched off. */
final class Intercepted {
    private Intercepted() {}

    /** One call of a port. */
    static final class Call {
        private final Object target;
        private final Method method;
        private final Object[] arguments;

        private Call(Object target, Method method, Object[] arguments) {
            this.target = target;
            this.method = method;
            this.arguments = arguments;
        }

        String name() {
            return method.getName();
        }

        /** The argument of this type; there is one at most in every call that is asked for it. */
        <T> T argument(Class<T> type) {
            for (Object argument : arguments) {
                if (type.isInstance(argument)) {
                    return type.cast(argument);
                }
            }
            throw new IllegalArgumentException(name() + " has no " + type.getSimpleName());
        }

        Object proceed() {
            return proceed(arguments);
        }

        Object proceed(Object... others) {
            try {
                return method.invoke(target, others);
            } catch (InvocationTargetException e) {
                switch (e.getCause()) {
                    case RuntimeException failure -> throw failure;
                    case Error error -> throw error;
                    default -> throw new IllegalStateException(e.getCause());
                }
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    interface Interceptor {
        Object around(Call call);
    }

    static CentralStore store(CentralStore target, Interceptor interceptor) {
        return port(CentralStore.class, target, interceptor);
    }

    static ProviderReader reader(ProviderReader target, Interceptor interceptor) {
        return port(ProviderReader.class, target, interceptor);
    }

    static <T> T port(Class<T> port, T target, Interceptor interceptor) {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (self, method, given) -> {
            Object[] arguments = given == null ? new Object[0] : given;
            Call call = new Call(target, method, arguments);
            boolean isOutside = method.getDeclaringClass() != Object.class && !isLocal(call.name());
            return isOutside ? interceptor.around(call) : call.proceed();
        }));
    }

    /** Answered without leaving the process: nothing there can fail. */
    private static boolean isLocal(String name) {
        return name.equals("tenantOf") || name.equals("drain");
    }
}
